import socket


def add_song(path, host="localhost", port=6600):
    with socket.create_connection((host, port), timeout=5) as player:
        player.recv(200)
        player.sendall(f'add "{path}"\n'.encode())
        answer = player.recv(200).decode()
    return answer.startswith("OK")
