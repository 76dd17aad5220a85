/*
 * Threads and processes that change, and share with others, what filters look at: restless FOLDER. Waits for FOLDER/go,
 * then does the same calls in each run. FOLDER has links to this program named wanted, other and last.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[200];

static void calls(int count)
{
	while (count--)
		getppid();
}

static void name(const char *text)
{
	prctl(PR_SET_NAME, text);
}

static void *renames(void *unused)
{
	unsigned int seed = (unsigned int)(unsigned long)unused;
	int i;

	for (i = 0; i < 400; i++) {
		name(i % 2 ? "wanted" : "other");
		calls(rand_r(&seed) % 6);
		if (i % 50 == 0)
			usleep(1000);
	}
	return NULL;
}

static void run(const char *as, const char *word)
{
	char path[300];

	snprintf(path, sizeof(path), "%s/%s", folder, as);
	execl(path, as, folder, word, NULL);
	_exit(9);
}

static void *runs_as_last(void *unused)
{
	calls(20);
	run("last", "0");
	return unused;
}

static void wait_for(pid_t child)
{
	while (waitpid(child, NULL, 0) < 0)
		;
}

static int shared[2];

/* Not wanted, and muted by now: opens what the wanted thread uses. */
static void *opens(void *unused)
{
	char path[300], text[8];
	int i, fd;

	name("other");
	calls(300);
	for (i = 0; i < 20; i++) {
		snprintf(path, sizeof(path), "%s/file%d", folder, i);
		fd = open(path, O_RDWR | O_CREAT, 0600);
		fd = i % 3 == 0 ? dup2(fd, 50 + i) : i % 3 == 1 ? fcntl(fd, F_DUPFD, 80 + i) : fd;
		calls(3);
		if (write(shared[1], &fd, sizeof(fd)) < 0 || read(shared[1], text, 1) < 0)
			break;
		close(fd);
	}
	fd = -1;
	return write(shared[1], &fd, sizeof(fd)) < 0 ? unused : NULL;
}

static void uses_what_another_opens(void)
{
	pthread_t thread;
	char text[4];
	int fd;

	socketpair(AF_UNIX, SOCK_STREAM, 0, shared);
	name("wanted");
	pthread_create(&thread, NULL, opens, NULL);
	while (read(shared[0], &fd, sizeof(fd)) == sizeof(fd) && fd >= 0) {
		if (write(fd, "abc", 3) != 3 || pread(fd, text, 3, 0) != 3 || write(shared[0], "x", 1) != 1)
			break;
	}
	pthread_join(thread, NULL);
	close(shared[0]);
	close(shared[1]);
	name("restless");
}

/* Opens, works somewhere else, is a client and a server, and is muted; its children are not. */
static void inherits(void)
{
	int i;

	for (i = 0; i < 6; i++) {
		pid_t child;

		if (fork() == 0) {
			char path[300];
			int fd, limit;
			struct rlimit limits = {100, 100};

			name("other");
			calls(200);
			snprintf(path, sizeof(path), "%s/d%d", folder, i);
			mkdir(path, 0700);
			if (chdir(path))
				_exit(1);
			fd = open("inherited", O_RDWR | O_CREAT, 0600);
			dup2(fd, 40);
			limit = setrlimit(RLIMIT_NOFILE, &limits);
			calls(5 + limit);
			child = i % 2 ? fork() : vfork();
			if (child == 0)
				run("wanted", "1");
			wait_for(child);
			_exit(0);
		}
	}
	while (wait(NULL) > 0)
		;
}

/* The number of a muted thread becomes another one's. */
static void reuses(void)
{
	int i;

	for (i = 0; i < 30; i++) {
		char text[20];
		int fd, length;
		pid_t child = fork();

		if (child == 0) {
			name("other");
			calls(100);
			_exit(0);
		}
		wait_for(child);
		name("wanted");
		fd = open("/proc/sys/kernel/ns_last_pid", O_WRONLY);
		length = snprintf(text, sizeof(text), "%d", child - 1);
		if (fd >= 0 && write(fd, text, length) < 0)
			calls(1);
		close(fd);
		child = fork();
		if (child == 0) {
			calls(3);
			_exit(0);
		}
		wait_for(child);
		name("restless");
	}
}

static void talks(void)
{
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_un path = {.sun_family = AF_UNIX};
	socklen_t length = sizeof(here);
	int server = socket(AF_INET, SOCK_STREAM, 0), client, taken, pipes[2], datagrams, epoll, event;
	char text[16];

	bind(server, (void *)&here, sizeof(here));
	getsockname(server, (void *)&here, &length);
	listen(server, 1);
	client = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	connect(client, (void *)&here, sizeof(here));
	taken = accept(server, NULL, NULL);
	send(client, "hello", 5, 0);
	if (read(taken, text, 5) + write(taken, "you", 3) + recv(client, text, 3, 0) < 0)
		calls(1);
	shutdown(client, SHUT_RDWR);
	close(taken);
	close(client);
	close(server);
	datagrams = socket(AF_INET, SOCK_DGRAM, 0);
	sendto(datagrams, "abc", 3, 0, (void *)&here, sizeof(here));
	if (pipe2(pipes, O_CLOEXEC) == 0 && write(pipes[1], "abc", 3) + read(pipes[0], text, 3) < 0)
		calls(1);
	snprintf(path.sun_path, sizeof(path.sun_path), "%.90s/socket", folder);
	event = socket(AF_UNIX, SOCK_DGRAM, 0);
	bind(event, (void *)&path, sizeof(path));
	close(event);
	epoll = epoll_create1(0);
	event = eventfd(0, 0);
	if (write(event, "12345678", 8) < 0)
		calls(1);
	close_range(pipes[0], 1000, 0);
	epoll = dup3(2, epoll, 0);
	if (write(epoll, "", 0) < 0)
		calls(1);
}

static void remembers(void)
{
	char text[300];
	void *memory = mmap(NULL, 1 << 22, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd;

	snprintf(text, sizeof(text), "%s/before", folder);
	mkdir(text, 0700);
	if (chdir(text))
		return;
	snprintf(text, sizeof(text), "%s/after", folder);
	if (rename("../before", text) || !getcwd(text, sizeof(text)))
		return;
	fd = open("relative", O_RDWR | O_CREAT, 0600);
	if (write(fd, "x", 1) < 0)
		calls(1);
	close(fd);
	memset(memory, 1, 1 << 22);
	munmap(memory, 1 << 22);
	if (setresgid(-1, 12, -1) == 0 && setresuid(-1, 34, -1) == 0)
		close(open("/dev/null", O_RDONLY));
	if (setresuid(-1, 0, -1) == 0 && setresgid(-1, 0, -1) == 0)
		close(open("/dev/null", O_RDONLY));
	unshare(CLONE_FS);
	if (chdir("/"))
		calls(1);
}

int main(int count, char **words)
{
	pthread_t threads[4];
	char path[300];
	pid_t child;
	long i;

	snprintf(folder, sizeof(folder), "%s", words[1]);
	if (count > 2) {
		int round = atoi(words[2]);

		calls(round % 7);
		if (write(40, "from the child", 14) > 0)
			close(open("inherited", O_RDONLY));
		if (round > 1 && round < 30) {
			snprintf(path, sizeof(path), "%d", round + 1);
			run(round % 2 ? "wanted" : "other", path);
		}
		return 0;
	}
	snprintf(path, sizeof(path), "%s/go", folder);
	while (access(path, F_OK))
		usleep(20000);
	for (i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, renames, (void *)i);
	for (i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	for (i = 0; i < 3; i++) {
		if (fork() == 0)
			run("other", "2");
		child = fork();
		if (child == 0) {
			name("other");
			calls(50);
			pthread_create(&threads[0], NULL, runs_as_last, NULL);
			for (;;)
				pause();
		}
	}
	while (wait(NULL) > 0)
		;
	uses_what_another_opens();
	inherits();
	reuses();
	talks();
	remembers();
	return 0;
}
