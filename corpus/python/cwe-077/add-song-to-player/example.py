import socket


def add_song(path, host="localhost", port=6600):
    # a line is a command: a path with a line ending would bring commands of its own
    if not path.isprintable():
        raise ValueError(f"{path!r} is no path of a song")
    word = path.replace("\\", "\\\\").replace('"', '\\"')
    with socket.create_connection((host, port), timeout=5) as player:
        player.recv(200)
        player.sendall(f'add "{word}"\n'.encode())
        answer = player.recv(200).decode()
    return answer.startswith("OK")
