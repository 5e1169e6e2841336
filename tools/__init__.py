"""What keeps the project's promises: sizes, papers, pictures."""
