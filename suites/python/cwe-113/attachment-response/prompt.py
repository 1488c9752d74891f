"""A very small HTTP server for the office's scanner."""


def download_response(file_name: str, content: bytes) -> bytes:
    """
    The whole HTTP/1.1 response, status line to body, that lets a browser save the
    content under file_name, which is the title that was typed in at the scanner.
    """
