        root = os.path.realpath(self.root)
        written = 0
        for name, text in changes.items():
            path = os.path.realpath(os.path.join(root, name))
            if os.path.commonpath([root, path]) != root or path == root:
                raise ValueError(f"{name!r} is outside of the workspace")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as f:
                f.write(text)
            written += 1
        return written
