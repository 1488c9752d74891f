class User:
    def __init__(self, name):
        self.name = name          # fixed at sign-up
        self.display_name = name
        self.about = ""
        self.website = ""
        self.moderator = False
        self.reputation = 1

    def edit_profile(self, form):
        """
        Take over what the user has typed into the profile page: display_name, about and
        website, each of which may be missing. Spaces around the text are dropped.
        """
