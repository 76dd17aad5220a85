/*
 * identity MARK ROUNDS: processes and threads that come and go, many of them killed in the middle of a call, so that kernel stacks
 * and numbers are used again and again. Each writes "MARK tid" to /dev/null several times. Prints how many writes there were.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define WRITES 5

static const char *mark;
static int null, *written;

static void writes(int count)
{
	char text[40];
	int length = snprintf(text, sizeof(text), "%s %ld", mark, syscall(SYS_gettid));

	while (count--)
		if (write(null, text, length) == length)
			__atomic_fetch_add(written, 1, __ATOMIC_RELAXED);
}

static void *thread(void *unused)
{
	writes(WRITES);
	return unused;
}

/* Its threads and itself hang in calls until they are killed. */
static void *hangs(void *pipe)
{
	char byte;

	writes(WRITES);
	return read(*(int *)pipe, &byte, 1) ? pipe : NULL;
}

static void child(int round, int *pipes)
{
	pthread_t threads[3];
	int i;

	for (i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, round % 2 ? hangs : thread, pipes);
	writes(WRITES);
	if (round % 2) {
		hangs(pipes);
	} else {
		for (i = 0; i < 3; i++)
			pthread_join(threads[i], NULL);
	}
	if (round % 3 == 0)
		execl("/proc/self/exe", "identity", mark, "0", NULL);
	_exit(0);
}

int main(int count, char **words)
{
	int pipes[2], round, rounds = count == 3 ? atoi(words[2]) : 0;

	mark = words[1];
	null = open("/dev/null", O_WRONLY);
	written = mmap(NULL, sizeof(*written), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (rounds == 0 || pipe(pipes))
		return 0;
	for (round = 0; round < rounds; round++) {
		int before = *written;
		pid_t pid = round % 4 == 3 ? vfork() : fork();

		if (pid == 0) {
			if (round % 4 == 3)
				_exit(0);
			child(round, pipes);
		}
		writes(WRITES);
		if (round % 4 != 3 && round % 2) {
			/* all five have written, four of them hang, or are about to: now, in whatever call they are */
			while (__atomic_load_n(written, __ATOMIC_RELAXED) < before + 6 * WRITES)
				usleep(100);
			kill(pid, SIGKILL);
		}
		waitpid(pid, NULL, 0);
	}
	printf("%d\n", *written);
	return 0;
}
