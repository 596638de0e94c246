"""`python -m app` serves the course; `python -m app --health` says whether it is being served."""
import sys

if '--health' in sys.argv[1:]:
    from app.server.health import main
else:
    from app.server.main import main

main()
