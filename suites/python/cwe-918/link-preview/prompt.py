import html
import http.client
import ipaddress
import re
import socket
import urllib.request
from urllib.parse import urlsplit


def page_title(url):
    """
    The title of the web page that a chat message links to, for a preview under the message.
    Return "" when the page has none, cannot be had or is not for us to fetch.
    """
