"""`python -m app --health` asks the server with the same settings whether it is well: exit code 0 or 1, as Docker wants it.

It loads no part of the server, since it runs every half minute.
"""
import http.client
import sys

from app.server.settings import Settings

EVERYWHERE = {'': '127.0.0.1', '0.0.0.0': '127.0.0.1', '::': '::1'}        # who listens everywhere answers here


def well(settings, seconds=4):
    """Does it answer? Asked directly: a proxy that the environment names is none of our way."""
    connection = http.client.HTTPConnection(EVERYWHERE.get(settings.address, settings.address), settings.port, timeout=seconds)
    try:
        connection.request('GET', '/healthz')
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main():
    sys.exit(0 if well(Settings.from_environment()) else 1)
