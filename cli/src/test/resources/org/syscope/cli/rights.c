/* Receives fds in messages from its parent, uses each once, and ends at once: /proc knows nothing of it when it is asked. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define FDS 7

union control {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(FDS * sizeof(int))];
};

static void prepare(struct msghdr *message, struct iovec *piece, union control *control, char *byte)
{
	*piece = (struct iovec) { byte, 1 };
	memset(control, 0, sizeof(*control));
	memset(message, 0, sizeof(*message));
	message->msg_iov = piece;
	message->msg_iovlen = 1;
	message->msg_control = control;
	message->msg_controllen = sizeof(*control);
}

static int serve(const char *words[], int channel)
{
	int fds[FDS], ends[2], i;
	struct sockaddr_in place = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = 0 };
	struct msghdr message;
	struct iovec piece;
	union control control;
	char byte = 0;

	if (pipe(ends))
		return 1;
	fds[0] = open(words[1], O_RDONLY);
	fds[1] = open(words[2], O_RDONLY | O_DIRECTORY);
	fds[2] = ends[0];
	fds[3] = eventfd(0, 0);
	fds[4] = memfd_create("scratch", 0);
	fds[5] = socket(AF_INET, SOCK_STREAM, 0);
	bind(fds[5], (struct sockaddr *)&place, sizeof(place));
	listen(fds[5], 1);
	fds[6] = channel;
	prepare(&message, &piece, &control, &byte);
	control.head = (struct cmsghdr) { CMSG_LEN(sizeof(fds)), SOL_SOCKET, SCM_RIGHTS };
	memcpy(CMSG_DATA(&control.head), fds, sizeof(fds));
	for (i = 0; i < FDS; i++)
		if (fds[i] < 0)
			return 1;
	return sendmsg(channel, &message, 0) != 1;
}

int main(int count, const char *words[])
{
	struct msghdr message;
	struct iovec piece;
	union control control;
	int pair[2], fds[FDS], i, status;
	char byte;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		return 1;
	if (fork() == 0) {
		close(pair[0]);
		prepare(&message, &piece, &control, &byte);
		if (recvmsg(pair[1], &message, MSG_CMSG_CLOEXEC) != 1)
			_exit(1);
		memcpy(fds, CMSG_DATA(&control.head), sizeof(fds));
		for (i = 0; i < FDS; i++)
			lseek(fds[i], 0, SEEK_CUR);
		_exit(0);
	}
	close(pair[1]);
	if (serve(words, pair[0]))
		return 1;
	return wait(&status) < 0 || status;
}
