    if (this != &other) {
        delete[] title_;
        title_ = other.title_;
    }
    return *this;
}
