"""`python -m app` serves the course; `python -m app --health` says whether it is being served."""
import os
import sys

# Many readers share the cores, and our matrices are small: handing one product to several threads only makes it slower.
# This must be said before numpy is loaded.
os.environ.setdefault('OPENBLAS_NUM_THREADS', '1')

if '--health' in sys.argv[1:]:
    from app.server.health import main
else:
    from app.server.main import main

main()
