        shown = "".join(c if c.isprintable() else "?" for c in card_name)
        self._write("REFUSED", f"{door} for the card of {shown}")
