"""This project's engines and their peers: the same terms, the same questions, one run."""
