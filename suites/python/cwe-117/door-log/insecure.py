        self._write("REFUSED", f"{door} for the card of {card_name}")
