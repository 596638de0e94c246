"""What turns lessons into pages: scenes, pictures, widgets, the host of one reader's page, and the server."""
