"""What a host may decide, by environment variables. All have a good default.

Nothing of the server is imported here: the health check reads them too, every half minute.
"""
import os
import re
import secrets
from dataclasses import dataclass, field

# One word of Content-Security-Policy's frame-ancestors: https:, school.example, https://*.school.example:8443
ANCESTOR = re.compile(
    r'[a-z][a-z0-9+.-]*:|(?:[a-z][a-z0-9+.-]*://)?(?:\*\.)?[\w-]+(?:\.[\w-]+)*(?::(?:\d+|\*))?(?:/[^;,\s]*)?', re.I)


def port(text):
    number = int(text)
    if not 0 <= number <= 65535:
        raise ValueError('It is a number from 0 to 65535.')
    return number


def at_least_one(text):
    number = int(text)
    if number < 1:
        raise ValueError('It is a number from 1 upward.')
    return number


def few(text):
    number = int(text)
    if not 1 <= number <= 64:
        raise ValueError('It is a number from 1 to 64.')
    return number


def truth(text):
    if text.lower() not in ('0', '1', 'true', 'false', 'yes', 'no'):
        raise ValueError('It is 0 or 1.')
    return text.lower() in ('1', 'true', 'yes')


def ancestors(text):
    """The words of frame-ancestors, with the quotes that a shell eats put back around 'self' and 'none'."""
    words = text.split()
    bare = [word.strip('\'"').lower() for word in words]
    words = [f"'{name}'" if name in ('self', 'none') else word for name, word in zip(bare, words, strict=True)]
    known = all(word in ('*', "'self'", "'none'") or ANCESTOR.fullmatch(word) for word in words)
    if not known or "'none'" in words and len(words) > 1:
        raise ValueError('It is *, none, or a list of self and addresses such as https://moodle.example, separated by spaces.')
    return '*' if '*' in words else ' '.join(words)


def processors(quota='/sys/fs/cgroup/cpu.max'):
    """How many we may use, which in a container may be fewer than there are."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count() or 1
    try:
        with open(quota) as file:
            time, period = map(int, file.read().split())
    except (OSError, ValueError):           # no such file, or 'max'
        return found
    return max(1, min(found, time // period))


@dataclass
class Settings:
    port: int = 5006
    address: str = ''                   # all of them
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(32))   # replicas must share one
    trust_proxy: bool = False           # believe X-Forwarded-Host
    max_sessions: int = 1000
    frame_ancestors: str = '*'          # who may frame /embed, in the words of Content-Security-Policy
    linger_ms: int = 20_000             # a session waits so long for a reader whose connection broke
    check_ms: int = 2_000
    token_seconds: int = 300
    cache_bytes: int = 32 * 2**20
    workers: int = field(default_factory=lambda: max(1, min(4, processors() - 1)))      # processes that record runs
    runs_mb: int = 64                   # of recorded runs that are kept

    @classmethod
    def from_environment(cls, environment=os.environ):
        """Only what is set and not empty; a value that makes no sense ends the program with a sentence."""
        given = {}
        for name, kind in (('PORT', port), ('ADDRESS', str), ('SECRET_KEY', str), ('TRUST_PROXY', truth),
                           ('MAX_SESSIONS', at_least_one), ('FRAME_ANCESTORS', ancestors),
                           ('WORKERS', few), ('RUNS_MB', at_least_one)):
            text = environment.get(name, '').strip()
            if text:
                try:
                    given[name.lower()] = kind(text)
                except ValueError as error:
                    why = '' if 'invalid literal' in str(error) else f' {error}'
                    raise SystemExit(f'{name}={text[:40]} makes no sense here.{why}') from None
        return cls(**given)
