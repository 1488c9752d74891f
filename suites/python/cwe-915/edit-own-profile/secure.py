        for field in ("display_name", "about", "website"):
            if field in form:
                setattr(self, field, form[field].strip())
