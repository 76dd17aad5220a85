/*
 * Loads the kernel module, traces a storm of forks and execs, unloads it again, so often; then tells what the module did
 * with its records and whether the kernel's memory is as it was. Runs as a guest's first process (see the script "module-check").
 *
 *   gcc -O1 -static -I bpf-src/shared -I kmod-src -o module-check module-check.c
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "requests.h"

#define MODULE "/syscope.ko"
#define RING_BYTES (1 << 20)
#define CPUS 64
#define HEADER 26
#define NANOSLEEP 135	/* the event type of its end */

struct tracer {
	int fds[CPUS];
	volatile unsigned long long *read[CPUS];
	volatile unsigned long long *written[CPUS];
	unsigned char *data[CPUS];
	volatile struct syscope_cpu *counters[CPUS];
	struct syscope_mute *mutes;
	int cpus;
	unsigned long long events, own;
};

static int failures;

static void expect(int good, const char *what)
{
	if (!good) {
		printf("FAILED: %s: %s\n", what, strerror(errno));
		failures++;
	}
}

static void *map(int fd, unsigned long page, unsigned long pages, int protection)
{
	void *place = mmap(NULL, pages * 4096, protection, MAP_SHARED, fd, page * 4096);

	return place == MAP_FAILED ? NULL : place;
}

static int device(int cpu)
{
	char path[32];

	snprintf(path, sizeof(path), "/dev/syscope%d", cpu);
	return open(path, O_RDWR | O_CLOEXEC);
}

static void begin(struct tracer *t)
{
	struct syscope_settings settings = {.flags = SYSCOPE_LATENCY | SYSCOPE_ARGUMENTS, .snaplen = 200, .page_shift = 12};
	struct syscope_ring_request ring = {.bytes = RING_BYTES, .share_with = -1};
	int i;

	memset(t, 0, sizeof(*t));
	t->fds[0] = device(0);
	expect(t->fds[0] >= 0, "open /dev/syscope0");
	expect(ioctl(t->fds[0], SYSCOPE_REQUEST_VERSION, 0) == SYSCOPE_ABI_VERSION, "version");
	t->cpus = ioctl(t->fds[0], SYSCOPE_REQUEST_CPUS, 0);
	expect(ioctl(t->fds[0], SYSCOPE_REQUEST_BEGIN, SYSCOPE_ABI_VERSION) == 0, "begin");
	for (i = 0; i < t->cpus; i++) {
		if (i) {
			t->fds[i] = device(i);
			expect(ioctl(t->fds[i], SYSCOPE_REQUEST_JOIN, t->fds[0]) == 0, "join");
		}
		expect(ioctl(t->fds[i], SYSCOPE_REQUEST_RING, &ring) == 0, "ring");
		t->read[i] = map(t->fds[i], 0, 1, PROT_READ | PROT_WRITE);
		t->written[i] = map(t->fds[i], 1, 1 + 2 * RING_BYTES / 4096, PROT_READ);
		t->counters[i] = map(t->fds[i], SYSCOPE_COUNTERS_PAGE, 1, PROT_READ);
		expect(t->read[i] && t->written[i] && t->counters[i], "mmap");
		t->data[i] = (unsigned char *)t->written[i] + 4096;
	}
	t->mutes = map(t->fds[0], SYSCOPE_MUTES_PAGE, SYSCOPE_MUTE_SLOTS * sizeof(*t->mutes) / 4096, PROT_READ | PROT_WRITE);
	expect(t->mutes != NULL, "mmap of the muted threads");
	expect(map(t->fds[0], 1, 1, PROT_READ | PROT_WRITE) == NULL, "the kernel's pages are not writable");
	expect(map(t->fds[0], SYSCOPE_COUNTERS_PAGE, 1, PROT_READ | PROT_WRITE) == NULL, "the counters are not writable");
	/* Thread 1, this one, is muted for ever: its calls would be reported otherwise. */
	t->mutes[getpid()] = (struct syscope_mute) {.judged = ~SYSCOPE_MUTE_NUMBER};
	settings.flags |= SYSCOPE_MUTES;
	for (i = 0; i < SYSCOPE_INTEREST_SIZE; i++)
		settings.interest[i] = SYSCOPE_INTEREST_EXIT | (i % 2 ? SYSCOPE_INTEREST_ENTER : 0);
	expect(ioctl(t->fds[0], SYSCOPE_REQUEST_SETTINGS, &settings) == 0, "settings");
}

/* Takes what is there and looks whether each record is whole. */
static void take(struct tracer *t)
{
	int i;

	for (i = 0; i < t->cpus; i++) {
		unsigned long long at = *t->read[i];

		while (at != __atomic_load_n(t->written[i], __ATOMIC_ACQUIRE)) {
			unsigned char *record = t->data[i] + (at & (RING_BYTES - 1));
			unsigned int length = __atomic_load_n((unsigned int *)record, __ATOMIC_ACQUIRE);
			unsigned int size, params, data, n;
			unsigned long long tid;
			unsigned short type;

			if (length >> 31)
				break;
			memcpy(&size, record + 16 + 16, 4);
			memcpy(&type, record + 16 + 20, 2);
			memcpy(&params, record + 16 + 22, 4);
			data = HEADER + 2 * params;
			if (length < 8 + HEADER || size > length || type >= 512 || params > 32) {
				printf("FAILED: record of %u bytes: event of %u, type %u, %u parameters\n", length, size, type, params);
				failures++;
				return;
			}
			for (n = 0; n < params; n++) {
				unsigned short one;

				memcpy(&one, record + 16 + HEADER + 2 * n, 2);
				data += one;
			}
			if (data != size) {
				printf("FAILED: type %u: parameters end at %u of %u\n", type, data, size);
				failures++;
				return;
			}
			memcpy(&tid, record + 16 + 8, 8);
			if (tid == (unsigned long long)getpid() && type == NANOSLEEP)
				t->own++;
			t->events++;
			at += (length + 8 + 7) & ~7ULL;
			__atomic_store_n(t->read[i], at, __ATOMIC_RELEASE);
		}
	}
}

static void end(struct tracer *t, int stop)
{
	unsigned long long seen = 0, sent = 0, lost = 0;
	int i, cause;

	if (t->own) {
		printf("FAILED: %llu calls of the muted thread\n", t->own);
		failures++;
	}
	if (stop) {
		expect(ioctl(t->fds[0], SYSCOPE_REQUEST_STOP, 0) == 0, "stop");
		take(t);
		for (i = 0; i < t->cpus; i++) {
			seen += t->counters[i]->seen;
			sent += t->counters[i]->sent;
			for (cause = 0; cause < SYSCOPE_LOST_CAUSES; cause++)
				lost += t->counters[i]->lost[cause];
		}
		if (seen != sent + lost || t->events < sent || !sent) {
			printf("FAILED: %llu seen, %llu sent, %llu lost, %llu taken\n", seen, sent, lost, t->events);
			failures++;
		}
	}
	munmap(t->mutes, SYSCOPE_MUTE_SLOTS * sizeof(*t->mutes));
	for (i = 0; i < t->cpus; i++) {
		munmap((void *)t->read[i], 4096);
		munmap((void *)t->written[i], 4096 + 2 * RING_BYTES);
		munmap((void *)t->counters[i], 4096);
		close(t->fds[i]);
	}
}

/* Forks, execs, threads of control that fault, exit and are killed, for ever. */
static void storm(void)
{
	while (1) {
		pid_t child = fork();

		if (child == 0) {
			char *words[] = {"/bin/true", "a word", NULL};
			char *environment[] = {"STORM=1", NULL};

			if (getpid() % 3 == 0)
				*(volatile int *)0 = 1;
			execve(getpid() % 3 == 1 ? "/bin/true" : "/bin/missing", words, environment);
			_exit(1);
		}
		if (child < 0)
			usleep(1000);
		else
			waitpid(child, NULL, 0);
	}
}

static long insert(void)
{
	int fd = open(MODULE, O_RDONLY | O_CLOEXEC);
	long result = syscall(SYS_finit_module, fd, "", 0);

	close(fd);
	return result;
}

static long number_of(const char *file, const char *name)
{
	char line[256], first[64];
	FILE *in = fopen(file, "r");
	long value, found = -1;

	while (in && fgets(line, sizeof(line), in))
		if (sscanf(line, "%63s %ld", first, &value) == 2 && !strcmp(first, name))
			found = value;
	if (in)
		fclose(in);
	return found;
}

static void wait_ms(int ms)
{
	struct timespec nap = {ms / 1000, ms % 1000 * 1000000L};

	nanosleep(&nap, NULL);
}

int main(int count, char **words)
{
	int rounds = count > 1 ? atoi(words[1]) : 100, storms = 2, i, round;
	long before[4], after[4];
	struct tracer tracer, other;
	unsigned long long events = 0;
	pid_t children[2];

	mount("none", "/proc", "proc", 0, NULL);
	mount("none", "/dev", "devtmpfs", 0, NULL);
	signal(SIGPIPE, SIG_IGN);
	for (i = 0; i < storms; i++) {
		children[i] = fork();
		if (children[i] == 0)
			storm();
	}
	for (round = 0; round < rounds; round++) {
		expect(insert() == 0, "insmod");
		begin(&tracer);
		for (i = 0; i < 10; i++) {
			wait_ms(5);
			take(&tracer);
		}
		if (round % 10 == 0) {
			expect(syscall(SYS_delete_module, "syscope", O_NONBLOCK) == -1 && errno == EWOULDBLOCK,
			       "rmmod while open is refused");
			expect(ioctl(tracer.fds[0], SYSCOPE_REQUEST_BEGIN, SYSCOPE_ABI_VERSION + 1) == -1 && errno == EPROTO,
			       "another version is refused");
			begin(&other);
			wait_ms(20);
			take(&tracer);
			take(&other);
			end(&other, 1);
		}
		/* Every other one is left as by a program that was killed. */
		events += tracer.events;
		end(&tracer, round % 2);
		expect(syscall(SYS_delete_module, "syscope", O_NONBLOCK) == 0, "rmmod");
		if (round == rounds / 5 || round == rounds - 1) {
			long *to = round == rounds - 1 ? after : before;

			wait_ms(300);
			to[0] = number_of("/proc/meminfo", "SUnreclaim:");
			to[1] = number_of("/proc/meminfo", "VmallocUsed:");
			to[2] = number_of("/proc/meminfo", "Percpu:");
			to[3] = number_of("/proc/meminfo", "MemFree:");
			printf("after %d rounds, in KiB: SUnreclaim %ld, VmallocUsed %ld, Percpu %ld, MemFree %ld\n", round + 1, to[0],
			       to[1], to[2], to[3]);
		}
	}
	for (i = 0; i < storms; i++)
		kill(children[i], SIGKILL);
	printf("%d rounds, %llu events, %d failures\n", rounds, events, failures);
	/* A leak of a page or an object a round would show as some hundred KiB in the last four fifths. */
	if (after[0] - before[0] > 2048 || after[1] - before[1] > 512 || after[2] - before[2] > 256 || before[3] - after[3] > 8192) {
		printf("FAILED: the kernel's memory has grown\n");
		failures++;
	}
	printf(failures ? "module-check: bad\n" : "module-check: good\n");
	fflush(stdout);
	sync();
	reboot(RB_POWER_OFF);
	return 0;
}
