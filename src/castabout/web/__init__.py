"""The web application: pages for people, an API for programs, one process for both."""
