#include <cstdint>
#include <memory>
#include <string>

struct Session {
    std::uint32_t number;
    bool is_admin; // set by the login page for administrators
    std::string user;
};

// Opens a session for a user.
std::unique_ptr<Session> open_session(std::uint32_t number, const std::string &user)
{
