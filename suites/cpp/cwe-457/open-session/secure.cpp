    auto session = std::make_unique<Session>();
    session->number = number;
    session->user = user;
    return session;
}
