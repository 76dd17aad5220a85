/*
 * The loops of slowdown.sh: "loops getppid N", "loops read N", "loops dd N" (which runs dd bs=1, two calls a byte). Prints the ns
 * of wall time and of CPU time that one of N calls took.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double wall(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

static double cpu(void)
{
	struct rusage own, child;

	getrusage(RUSAGE_SELF, &own);
	getrusage(RUSAGE_CHILDREN, &child);
	return (own.ru_utime.tv_sec + own.ru_stime.tv_sec + child.ru_utime.tv_sec + child.ru_stime.tv_sec) * 1e9 +
	       (own.ru_utime.tv_usec + own.ru_stime.tv_usec + child.ru_utime.tv_usec + child.ru_stime.tv_usec) * 1e3;
}

static int dd(long bytes)
{
	char count[32];
	int status, null = open("/dev/null", O_WRONLY);
	pid_t child;

	snprintf(count, sizeof(count), "count=%ld", bytes);
	child = fork();
	if (!child) {
		dup2(null, 2);
		execlp("dd", "dd", "bs=1", "if=/dev/zero", "of=/dev/null", count, NULL);
		_exit(127);
	}
	return waitpid(child, &status, 0) == child && status == 0;
}

int main(int count, char **words)
{
	long calls = count == 3 ? atol(words[2]) : 0;
	double wall_start, cpu_start;
	char data[64];
	int fd = open("/dev/zero", O_RDONLY);

	if (calls <= 0 || fd < 0)
		return 2;
	wall_start = wall();
	cpu_start = cpu();
	if (!strcmp(words[1], "getppid")) {
		for (long i = 0; i < calls; i++)
			syscall(SYS_getppid);
	} else if (!strcmp(words[1], "read")) {
		for (long i = 0; i < calls; i++)
			if (read(fd, data, sizeof(data)) != sizeof(data))
				return 1;
	} else if (!dd(calls / 2)) {
		return 1;
	}
	fprintf(stderr, "nanoseconds %.1f %.1f\n", (wall() - wall_start) / calls, (cpu() - cpu_start) / calls);
	return 0;
}
