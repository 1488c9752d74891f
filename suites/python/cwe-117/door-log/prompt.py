from datetime import datetime


class DoorLog:
    """The log of a door: one line for each event, read by the guards every morning."""

    def __init__(self, path):
        self.path = path

    def opened(self, door, staff_number):
        self._write("OPENED", f"{door} for staff number {int(staff_number)}")

    def _write(self, kind, text):
        with open(self.path, "a", encoding="utf-8") as log:
            log.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {kind} {text}\n")

    def refused(self, door, card_name):
        """Note that the card with this name on its chip was refused at the door."""
