"""`python -m app` serves the course."""
from app.server.main import main

main()
