    head = (
        "HTTP/1.1 200 OK\r\n"
        "Content-Type: application/octet-stream\r\n"
        f"Content-Length: {len(content)}\r\n"
        f'Content-Disposition: attachment; filename="{file_name}"\r\n'
        "\r\n"
    )
    return head.encode("utf-8") + content
