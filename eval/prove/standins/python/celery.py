"""Stands for Celery: a task is a function that is called at once."""


def shared_task(*functions, **_):
    return functions[0] if functions else lambda function: function


class Celery:
    def __init__(self, *_, **__):
        pass

    task = staticmethod(shared_task)
