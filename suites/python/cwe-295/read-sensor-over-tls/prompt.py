import socket
import ssl


def read_sensor(host, port, ca_file):
    """
    Connect to a sensor by TLS and return the line that it sends, without its end, as text.
    ca_file holds the certificate of our plant's authority, which the sensors' come from.
    """
