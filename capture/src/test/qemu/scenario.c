/*
 * What every driver has to see in the same way. No C library: nothing but the calls below is made, whatever machine
 * compiled it, and addresses and fds are the same in every run.
 *
 *   gcc -O1 -static -nostdlib -no-pie -fno-stack-protector -o scenario scenario.c
 */
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/mman.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/socket.h>
#include <linux/time.h>
#include <linux/uio.h>
#include <linux/un.h>
#include <linux/wait.h>
#include <linux/eventpoll.h>
#include <linux/memfd.h>
#include <linux/mount.h>

enum { INET = 2, UNIX = 1, INET6 = 10, STREAM = 1, DATAGRAM = 2, SOCKET_LEVEL = 1, REUSE = 2, RIGHTS = 1 };
#define PLACE ((volatile char *) 0x10000000)

struct message {
	void *name;
	int name_length;
	struct iovec *pieces;
	unsigned long piece_count;
	void *control;
	unsigned long control_length;
	int flags;
};

struct rights {
	unsigned long length;
	int level;
	int type;
	int fd;
	int padding;
};

static long call(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 asm("r10") = d;
	register long r8 asm("r8") = e;
	register long r9 asm("r9") = f;
	long result;

	asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
		: "rcx", "r11", "memory");
	return result;
}

#define CALL(name, a, b, c, d, e, f) \
	call(__NR_##name, (long) (a), (long) (b), (long) (c), (long) (d), (long) (e), (long) (f))
#define CALL4(name, a, b, c, d) CALL(name, a, b, c, d, 0, 0)
#define CALL3(name, a, b, c) CALL(name, a, b, c, 0, 0, 0)
#define CALL2(name, a, b) CALL(name, a, b, 0, 0, 0, 0)
#define CALL1(name, a) CALL(name, a, 0, 0, 0, 0, 0)
#define CALL0(name) CALL(name, 0, 0, 0, 0, 0, 0)

static char buffer[256];

static void files(void)
{
	struct iovec pieces[2] = { { "one ", 4 }, { "two\n", 4 } };
	long fd;

	CALL2(mkdir, "/tmp/rig", 0755);
	CALL1(chdir, "/tmp/rig");
	fd = CALL3(open, "file", O_CREAT | O_RDWR | O_TRUNC, 0640);
	CALL3(write, fd, "hello, rig\n", 11);
	CALL3(lseek, fd, 0, 0);
	CALL3(read, fd, buffer, 200);
	CALL3(writev, fd, pieces, 2);
	CALL4(pread64, fd, buffer, 5, 7);
	CALL2(ftruncate, fd, 6);
	CALL2(fchmod, fd, 0600);
	CALL2(dup2, fd, 9);
	CALL3(fcntl, 9, F_SETFD, FD_CLOEXEC);
	CALL1(close, 9);
	CALL1(close, fd);
	CALL3(open, "/nowhere/at/all", O_RDONLY, 0);
	fd = CALL4(openat, AT_FDCWD, "/tmp/rig", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	CALL3(symlinkat, "file", fd, "link");
	CALL(renameat2, fd, "link", fd, "other", 0, 0);
	CALL3(unlinkat, fd, "other", 0);
	CALL1(close, fd);
	CALL1(unlink, "file");
	CALL1(chdir, "/");
	CALL1(rmdir, "/tmp/rig");
	CALL(mount, "none", "/mnt", "tmpfs", MS_NOSUID | MS_NODEV, "size=64k", 0);
	CALL2(umount2, "/mnt", 0);
	fd = CALL2(memfd_create, "scratch", MFD_CLOEXEC);
	CALL3(write, fd, 0x8, 4);
	CALL1(close, fd);
}

static void children(char **environment)
{
	char *words[] = { "/rig/scenario", "child", "with words", 0 };
	struct pollfd wait_for;
	int ends[2];
	long child;
	int status;

	CALL2(pipe2, ends, 0);
	child = CALL(clone, SIGCHLD, 0, 0, 0, 0, 0);
	if (child == 0) {
		CALL1(close, ends[0]);
		CALL2(dup2, ends[1], 1);
		CALL3(execve, "/rig/missing", words, environment);
		CALL3(execve, words[0], words, environment);
		CALL1(exit_group, 99);
	}
	/* The other end stays open here until the child has written: whether it has ended by then makes no difference. */
	wait_for = (struct pollfd) { ends[0], POLLIN, 0 };
	CALL3(poll, &wait_for, 1, 20000);
	CALL1(close, ends[1]);
	CALL3(read, ends[0], buffer, sizeof(buffer));
	CALL4(wait4, child, &status, 0, 0);
	CALL1(close, ends[0]);

	child = CALL(clone, SIGCHLD, 0, 0, 0, 0, 0);
	if (child == 0) {
		CALL2(kill, CALL0(getpid), SIGKILL);
		CALL1(exit_group, 98);
	}
	CALL4(wait4, child, &status, 0, 0);
}

static void tcp(void)
{
	struct sockaddr_in place = { .sin_family = INET, .sin_port = __builtin_bswap16(5432),
		.sin_addr.s_addr = __builtin_bswap32(0x7f000001) };
	struct sockaddr_in client = { .sin_family = INET, .sin_port = __builtin_bswap16(5433),
		.sin_addr.s_addr = __builtin_bswap32(0x7f000001) };
	int length = sizeof(place);
	int on = 1;
	long server, out, in;

	server = CALL3(socket, INET, STREAM, 0);
	CALL(setsockopt, server, SOCKET_LEVEL, REUSE, &on, sizeof(on), 0);
	CALL3(bind, server, &place, sizeof(place));
	CALL2(listen, server, 5);
	out = CALL3(socket, INET, STREAM, 0);
	CALL(setsockopt, out, SOCKET_LEVEL, REUSE, &on, sizeof(on), 0);
	CALL3(bind, out, &client, sizeof(client));
	CALL3(connect, out, &place, sizeof(place));
	in = CALL4(accept4, server, &client, &length, 0);
	CALL(sendto, out, "ping", 4, 0, 0, 0);
	CALL(recvfrom, in, buffer, 100, 0, 0, 0);
	CALL3(write, in, "pong", 4);
	CALL3(read, out, buffer, 100);
	CALL2(shutdown, out, 1);
	CALL3(read, in, buffer, 100);
	CALL1(close, in);
	CALL1(close, out);
	CALL1(close, server);
	out = CALL3(socket, INET, STREAM, 0);
	place.sin_port = __builtin_bswap16(9);
	CALL3(connect, out, &place, sizeof(place));
	CALL1(close, out);
}

static void udp(void)
{
	struct sockaddr_in6 place = { .sin6_family = INET6, .sin6_port = __builtin_bswap16(5434) };
	struct sockaddr_in6 client = { .sin6_family = INET6, .sin6_port = __builtin_bswap16(5435) };
	int length = sizeof(client);
	long to, from;

	place.sin6_addr.in6_u.u6_addr8[15] = 1;
	client.sin6_addr.in6_u.u6_addr8[15] = 1;
	to = CALL3(socket, INET6, DATAGRAM, 0);
	CALL3(bind, to, &place, sizeof(place));
	from = CALL3(socket, INET6, DATAGRAM, 0);
	CALL3(bind, from, &client, sizeof(client));
	CALL(sendto, from, "datagram", 8, 0, &place, sizeof(place));
	CALL(recvfrom, to, buffer, 100, 0, &client, &length);
	CALL1(close, from);
	CALL1(close, to);
}

static void passed_fd(void)
{
	struct iovec piece = { "take it", 7 };
	struct rights rights = { 20, SOCKET_LEVEL, RIGHTS, 0, 0 };
	struct message message = { 0, 0, &piece, 1, &rights, sizeof(rights), 0 };
	struct sockaddr_un place = { UNIX, "/tmp/rig.socket" };
	int pair[2];
	long fd;

	CALL4(socketpair, UNIX, STREAM, 0, pair);
	rights.fd = CALL3(open, "/etc/hostname", O_RDONLY, 0);
	CALL3(sendmsg, pair[0], &message, 0);
	CALL1(close, rights.fd);
	piece.iov_base = buffer;
	piece.iov_len = 100;
	CALL3(recvmsg, pair[1], &message, 0);
	CALL3(read, rights.fd, buffer, 100);
	CALL1(close, rights.fd);
	CALL1(close, pair[0]);
	CALL1(close, pair[1]);
	fd = CALL3(socket, UNIX, STREAM, 0);
	CALL3(bind, fd, &place, 2 + 16);
	CALL3(connect, fd, &place, 2 + 16);
	CALL1(close, fd);
	CALL1(unlink, "/tmp/rig.socket");
}

static void waits(void)
{
	struct epoll_event event = { EPOLLIN, 7 };
	struct timespec nap = { 0, 2000000 };
	int word = 5;
	long poll, fd;

	poll = CALL1(epoll_create1, EPOLL_CLOEXEC);
	fd = CALL2(eventfd2, 3, 0);
	CALL4(epoll_ctl, poll, EPOLL_CTL_ADD, fd, &event);
	CALL4(epoll_wait, poll, &event, 4, 1000);
	CALL3(read, fd, buffer, 8);
	CALL1(close, fd);
	CALL1(close, poll);
	CALL2(nanosleep, &nap, 0);
	CALL(futex, &word, 128, 4, &nap, 0, 0);
}

static void memory(void)
{
	char seen;

	CALL(mmap, PLACE, 4 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	PLACE[0] = 1;
	seen = PLACE[2 * 4096];
	asm volatile("" : : "r"(seen));
	CALL3(mprotect, PLACE, 4096, PROT_READ);
	CALL2(munmap, PLACE, 4 * 4096);
	CALL1(brk, 0);
}

static void handler(int number)
{
	(void) number;
	CALL0(getppid);
}

__attribute__((naked)) static void back(void)
{
	asm volatile("mov %0, %%eax\nsyscall" : : "i"(__NR_rt_sigreturn));
}

struct action {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	unsigned long mask;
};

static void signals(void)
{
	struct action action = { handler, 0x04000000, back, 0 };

	CALL4(rt_sigaction, SIGUSR1, &action, 0, 8);
	CALL2(kill, CALL0(getpid), SIGUSR1);
}

static void identity(void)
{
	unsigned long limit[2];

	CALL4(prlimit64, 0, 7, 0, limit);
	CALL(prctl, 15, "renamed", 0, 0, 0, 0);
	CALL1(umask, 022);
	CALL1(setuid, 0);
	CALL3(setresgid, 0, -1, 0);
	CALL1(unshare, CLONE_NEWUTS);
	CALL4(ptrace, 16, 1 << 30, 0, 0);
	CALL0(sched_yield);
}

__attribute__((used)) static void run(long *stack)
{
	char **words = (char **) (stack + 1);

	if (stack[0] == 3) {
		CALL3(write, 1, "from the child", 14);
		CALL1(exit_group, 3);
	}
	files();
	children(words + stack[0] + 1);
	tcp();
	udp();
	passed_fd();
	waits();
	memory();
	signals();
	identity();
	CALL1(exit_group, 42);
}

asm(".globl _start\n_start:\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n\tcall run\n");
