    std::unique_ptr<Session> session(new Session);
    session->number = number;
    session->user = user;
    return session;
}
