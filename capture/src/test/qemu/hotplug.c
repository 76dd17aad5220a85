/*
 * Takes CPU 1 offline and online again while a child makes calls there. Says at the end how many were made, and leaves the
 * CPU as it was not found: each call's offset is the number of the phase that it was made in, odd while the CPU is there.
 *
 *   gcc -O1 -static -o hotplug hotplug.c
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PHASES 8
#define BATCH 20
/* What the child must have done in a phase before the next, and how long that is at least: the emulated reader is slow. */
#define ENOUGH 1000
#define PHASE_NS 600000000
#define FIRST_PHASE_NS 2500000000
#define NO_FILE 999

struct shared {
	volatile int phase;	/* 0: the child ends */
	volatile long there[PHASES + 1];	/* calls of batches that began on CPU 1, by phase */
	volatile long elsewhere[PHASES + 1];
};

static int run_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	return sched_setaffinity(0, sizeof(set), &set);
}

static void rest(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 4000000}, NULL);
}

static long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000 + time.tv_nsec;
}

static void child(struct shared *shared)
{
	int phase, i;

	while ((phase = shared->phase) != 0) {
		volatile long *made = run_on(1) ? shared->elsewhere : shared->there;

		for (i = 0; i < BATCH; i++)
			lseek(NO_FILE, phase, SEEK_SET);
		made[phase] += BATCH;
		rest();
	}
	/* Its last event is one of a CPU that stays. */
	run_on(0);
	_exit(0);
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

int main(void)
{
	int online = open("/sys/devices/system/cpu/cpu1/online", O_WRONLY);
	struct shared *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int phase, status;
	long all = 0, end;
	pid_t pid;

	if (online < 0)
		fail("cpu1/online");
	if (run_on(0))
		fail("sched_setaffinity");
	shared->phase = 1;
	if (pwrite(online, "1", 1, 0) != 1)
		fail("CPU 1 does not come");
	pid = fork();
	if (pid == 0)
		child(shared);
	for (phase = 1; phase <= PHASES; phase++) {
		volatile long *made = phase & 1 ? shared->there : shared->elsewhere;

		if (pwrite(online, phase & 1 ? "1" : "0", 1, 0) != 1)
			fail(phase & 1 ? "CPU 1 does not come" : "CPU 1 does not go");
		shared->phase = phase;
		end = now() + (phase == 1 ? FIRST_PHASE_NS : PHASE_NS);
		while (made[phase] < ENOUGH || now() < end)
			rest();
	}
	shared->phase = 0;
	waitpid(pid, &status, 0);
	for (phase = 1; phase <= PHASES; phase++)
		all += shared->there[phase] + shared->elsewhere[phase];
	printf("%ld\n", all);
	return status ? 1 : 0;
}
