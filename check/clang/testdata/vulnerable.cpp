class Session {
public:
	int id = 0;
};

int leave(Session *s)
{
	delete s;
	return s->id;
}

void leaveTwice(Session *s)
{
	delete s;
	delete s;
}
