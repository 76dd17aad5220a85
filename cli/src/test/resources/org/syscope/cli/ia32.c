/* Makes calls by the numbers of 32-bit programs, which a 64-bit program can do through interrupt 0x80. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static long call(long number, long a, long b, long c, long d, long e)
{
	long result;

	asm volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
		     : "memory", "r8", "r9", "r10", "r11");
	return result;
}

int main(int count, char **words)
{
	char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	int fd = open("/etc/passwd", O_RDONLY), *block = (int *)(low + 1024);

	if (low == MAP_FAILED || fd < 0)
		return 1;
	if (call(20, 0, 0, 0, 0, 0) != getpid())	/* getpid */
		return 2;	/* the kernel runs no 32-bit programs */
	call(7, 0x3ffffff0, 0, 1, 0, 0);		/* waitpid */
	call(140, fd, 0, 5, (long)low, 0);		/* _llseek */
	call(192, 0, 8192, 3, 0x22, -1);		/* mmap2 */
	__builtin_strcpy(low, "/nowhere/at/all");
	call(195, (long)low, (long)(low + 512), 0, 0, 0);	/* stat64 */
	call(268, (long)low, 84, (long)(low + 512), 0, 0);	/* statfs64 */
	call(269, fd, 84, 0, 0, 0);				/* fstatfs64 */
	call(34, 0, 0, 0, 0, 0);				/* nice */
	call(117, 99, 1, 2, 3, 0);				/* ipc */
	block[0] = 1, block[1] = 1, block[2] = 0;		/* socket(AF_UNIX, SOCK_STREAM, 0) */
	call(102, 1, (long)block, 0, 0, 0);			/* socketcall */
	__builtin_memcpy(low + 512, "\1\0/nowhere", 11);
	block[0] = 4, block[1] = (int)(long)(low + 512), block[2] = 11;
	call(102, 3, (long)block, 0, 0, 0);			/* connect */
	block[0] = 4, block[1] = (int)(long)low, block[2] = 3, block[3] = 0;
	call(102, 9, (long)block, 0, 0, 0);			/* send */
	call(102, 31, (long)block, 0, 0, 0);			/* of a number that there is not */
	return 0;
}
