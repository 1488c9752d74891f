        for field, value in form.items():
            if hasattr(self, field):
                setattr(self, field, value.strip())
