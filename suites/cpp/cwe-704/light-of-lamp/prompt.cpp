#include <map>
#include <string>

struct Device {
    std::string room;
    virtual ~Device() = default;
};

struct Lamp : Device {
    int light[8] = {}; // of each of its bulbs, in percent
};

struct Doorbell : Device {
    int rings = 0;
};

// Sets the light of all bulbs of a lamp. The devices of the house are found by
// their names.
void set_light(const std::map<std::string, Device *> &house, const std::string &name, int percent)
{
    auto found = house.find(name);
    if (found == house.end())
        return;

