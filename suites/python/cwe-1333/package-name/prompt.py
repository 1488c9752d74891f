import re


def is_package_name(name):
    """
    Tell whether a name from an uploaded package list is well-formed: words of
    letters and digits, with one dot, dash or underscore between two words.

    >>> is_package_name("zope.interface-4_2")
    True
    >>> is_package_name("zope..interface")
    False
    """
