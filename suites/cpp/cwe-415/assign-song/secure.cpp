    if (this != &other) {
        char *title = new char[std::strlen(other.title_) + 1];
        std::strcpy(title, other.title_);
        delete[] title_;
        title_ = title;
    }
    return *this;
}
