/*
 * Makes system calls and says what an honest tracer has to report of them: for each call the event type and, in their
 * order, the names and values of all parameters, as this process knows them from its arguments, from the results and
 * from /proc. Run as "workload decoded FILE FOLDER", "workload generic FILE INPUT",
 * "workload loop COUNT" (getppid) or "workload family FILE"; each case of the first is a process of its own.
 *
 *     C name pid         a case begins
 *     E type             an event of this type
 *     P name kind value  i: number, f: flags by name, s: text, x: bytes as hex with ?? for any byte, r: range,
 *                        n: empty, g: a list of control groups
 *     R name result      of a generic call
 *     F word pid         of a family: who is who
 *     U name why         a case that cannot be made here
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <link.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/futex.h>
#include <linux/io_uring.h>
#include <linux/keyctl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/quota.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char out[1 << 20];
static size_t filled;
static long res;
static int output;

static void say(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	filled += vsnprintf(out + filled, sizeof(out) - filled, format, list);
	va_end(list);
}

static void flush(void)
{
	size_t at = 0;

	while (at < filled) {
		ssize_t n = write(output, out + at, filled - at);

		if (n <= 0)
			_exit(3);
		at += n;
	}
	filled = 0;
}

#define CALL(...) (res = syscall(__VA_ARGS__), res = res == -1 ? -errno : res)

static void E(const char *type) { say("E %s\n", type); }
static void I(const char *name, long v) { say("P %s i %ld\n", name, v); }
static void F(const char *name, const char *v) { say("P %s f %s\n", name, v); }
static void S(const char *name, const char *v) { say("P %s s %s\n", name, v); }
static void R(const char *name, long low, long high) { say("P %s r %ld %ld\n", name, low, high); }
static void N(const char *name) { say("P %s n\n", name); }
static void U(const char *why) { say("U %s\n", why); }

static void hex(const void *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		say("%02x", ((const unsigned char *)data)[i]);
}

static void X(const char *name, const void *data, size_t size)
{
	say("P %s x ", name);
	hex(data, size);
	say("\n");
}


/* One event whose first parameter is the result. */
static void ER(const char *type, const char *name)
{
	E(type);
	I(name, res);
}

static long status(const char *key)
{
	char text[8192], *at;
	int fd = open("/proc/self/status", O_RDONLY);
	ssize_t n = read(fd, text, sizeof(text) - 1);

	close(fd);
	text[n < 0 ? 0 : n] = 0;
	at = strstr(text, key);
	return at ? atol(at + strlen(key)) : 0;
}

static void MEM(void)
{
	long rss = status("VmRSS:"), swap = status("VmSwap:");

	I("vm_size", status("VmSize:"));
	R("vm_rss", rss > 1536 ? rss - 1536 : 0, rss + 1536);
	R("vm_swap", swap > 512 ? swap - 512 : 0, swap + 512);
}

static unsigned dev32(dev_t dev)
{
	unsigned major = gnu_dev_major(dev), minor = gnu_dev_minor(dev);

	return (minor & 0xff) | major << 8 | (minor & ~0xffU) << 12;
}

static void DEVINO(int fd)
{
	struct stat st;

	fstat(fd, &st);
	I("dev", dev32(st.st_dev));
	I("ino", st.st_ino);
}

static long inode(int fd)
{
	struct stat st;

	fstat(fd, &st);
	return st.st_ino;
}

static int file(const char *name)
{
	int fd = open(name, O_RDWR | O_CREAT, 0644);

	if (write(fd, "hello, world: 0123456789", 24) != 24)
		_exit(4);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

/* ---- files ---- */

static void t_open(void)
{
	umask(0);
	CALL(SYS_open, "fresh", O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	ER("SYSCALL_OPEN_X", "fd"); S("name", "fresh"); F("flags", "O_RDWR|O_CREAT|O_CLOEXEC|O_F_CREATED");
	I("mode", 0640); DEVINO(res);
	CALL(SYS_open, "missing", O_RDONLY, 0);
	ER("SYSCALL_OPEN_X", "fd"); S("name", "missing"); F("flags", "O_RDONLY"); I("mode", 0); I("dev", 0);
	I("ino", 0);
	CALL(SYS_open, (void *)8, O_WRONLY, 0);
	ER("SYSCALL_OPEN_X", "fd"); N("name"); F("flags", "O_WRONLY"); I("mode", 0); I("dev", 0); I("ino", 0);
}
static void t_openat(void)
{
	int d = open(".", O_DIRECTORY);

	umask(0);
	CALL(SYS_openat, d, "made", O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_TRUNC, 0604);
	ER("SYSCALL_OPENAT_2_X", "fd"); I("dirfd", d); S("name", "made");
	F("flags", "O_WRONLY|O_CREAT|O_EXCL|O_APPEND|O_TRUNC|O_F_CREATED"); I("mode", 0604); DEVINO(res);
	CALL(SYS_openat, AT_FDCWD, ".", O_RDONLY | O_DIRECTORY | O_NONBLOCK, 0);
	ER("SYSCALL_OPENAT_2_X", "fd"); I("dirfd", -100); S("name", ".");
	F("flags", "O_RDONLY|O_DIRECTORY|O_NONBLOCK"); I("mode", 0); DEVINO(res);
}
static void t_openat2(void)
{
	struct open_how how = {.flags = O_RDWR | O_CREAT, .mode = 0600, .resolve = RESOLVE_BENEATH |
		RESOLVE_NO_SYMLINKS};

	CALL(SYS_openat2, AT_FDCWD, "two", &how, sizeof(how));
	ER("SYSCALL_OPENAT2_X", "fd"); I("dirfd", -100); S("name", "two"); F("flags", "O_RDWR|O_CREAT|O_F_CREATED");
	I("mode", 0600); F("resolve", "RESOLVE_BENEATH|RESOLVE_NO_SYMLINKS"); DEVINO(res);
}
static void t_creat(void)
{
	CALL(SYS_creat, "created", 0600);
	ER("SYSCALL_CREAT_X", "fd"); S("name", "created"); I("mode", 0600); DEVINO(res); I("creat_flags", 0);
}
static void t_open_by_handle_at(void)
{
	struct { struct file_handle head; char bytes[128]; } h = {.head = {.handle_bytes = 128}};
	char cwd[512], path[600];
	int mount, d, fd = file("handled");

	if (name_to_handle_at(AT_FDCWD, "handled", &h.head, &mount, 0) < 0) {
		U("no file handles on this file system");
		return;
	}
	(void)fd;
	d = open(".", O_RDONLY | O_DIRECTORY);
	CALL(SYS_open_by_handle_at, d, &h, O_RDONLY);
	snprintf(path, sizeof(path), "%s/handled", getcwd(cwd, sizeof(cwd)));
	ER("SYSCALL_OPEN_BY_HANDLE_AT_X", "fd"); I("mountfd", d); F("flags", "O_RDONLY");
	if (res >= 0) S("path", path); else N("path"); if (res >= 0) DEVINO(res); else { I("dev", 0); I("ino", 0); }
}
static void t_close(void)
{
	int fd = file("f");

	CALL(SYS_close, fd);
	ER("SYSCALL_CLOSE_X", "res"); I("fd", fd);
	CALL(SYS_close, 777);
	ER("SYSCALL_CLOSE_X", "res"); I("fd", 777);
}
static void t_close_range(void)
{
	CALL(SYS_close_range, 500, 600, CLOSE_RANGE_CLOEXEC);
	ER("SYSCALL_CLOSE_RANGE_X", "res"); I("first", 500); I("last", 600); F("flags", "CLOSE_RANGE_CLOEXEC");
}
static void t_read(void)
{
	char b[200];
	int fd = file("f"), z = open("/dev/zero", O_RDONLY);

	CALL(SYS_read, fd, b, 100);
	ER("SYSCALL_READ_X", "res"); X("data", "hello, world: 0123456789", 24); I("fd", fd); I("size", 100);
	CALL(SYS_read, fd, b, 50);
	ER("SYSCALL_READ_X", "res"); N("data"); I("fd", fd); I("size", 50);
	CALL(SYS_read, 778, b, 51);
	ER("SYSCALL_READ_X", "res"); N("data"); I("fd", 778); I("size", 51);
	CALL(SYS_read, z, b, 200);	/* longer than the snaplen of 80 */
	memset(b, 0, 80);
	ER("SYSCALL_READ_X", "res"); X("data", b, 80); I("fd", z); I("size", 200);
}
static void t_write(void)
{
	int fd = file("f");

	CALL(SYS_write, fd, "to be written", 13);
	ER("SYSCALL_WRITE_X", "res"); X("data", "to be written", 13); I("fd", fd); I("size", 13);
	CALL(SYS_write, 779, "refused", 7);
	ER("SYSCALL_WRITE_X", "res"); X("data", "refused", 7); I("fd", 779); I("size", 7);
}
static void t_pread64(void)
{
	char b[64];
	int fd = file("f");

	CALL(SYS_pread64, fd, b, 10, 14L);
	ER("SYSCALL_PREAD_X", "res"); X("data", "0123456789", 10); I("fd", fd); I("size", 10); I("pos", 14);
}
static void t_pwrite64(void)
{
	int fd = file("f");

	CALL(SYS_pwrite64, fd, "abc", 3, 0x100000007L);
	ER("SYSCALL_PWRITE_X", "res"); X("data", "abc", 3); I("fd", fd); I("size", 3); I("pos", 0x100000007L);
}
static void t_readv(void)
{
	char a[5], b[50];
	struct iovec v[2] = {{a, 5}, {b, 50}};
	int fd = file("f");

	CALL(SYS_readv, fd, v, 2);
	ER("SYSCALL_READV_X", "res"); I("size", 24); X("data", "hello, world: 0123456789", 24); I("fd", fd);
}
static void t_writev(void)
{
	struct iovec v[3] = {{"one ", 4}, {"", 0}, {"two", 3}};
	int fd = file("f");

	CALL(SYS_writev, fd, v, 3);
	ER("SYSCALL_WRITEV_X", "res"); X("data", "one two", 7); I("fd", fd); I("size", 7);
}
static void t_preadv(void)
{
	char a[5], b[50];
	struct iovec v[2] = {{a, 5}, {b, 50}};
	int fd = file("f");

	CALL(SYS_preadv, fd, v, 2, 7L, 0L);
	ER("SYSCALL_PREADV_X", "res"); I("size", 17); X("data", "world: 0123456789", 17); I("fd", fd); I("pos", 7);
}
static void t_pwritev(void)
{
	struct iovec v[2] = {{"one ", 4}, {"two", 3}};
	int fd = file("f");

	CALL(SYS_pwritev, fd, v, 2, 100L, 0L);
	ER("SYSCALL_PWRITEV_X", "res"); X("data", "one two", 7); I("fd", fd); I("size", 7); I("pos", 100);
}
static void t_process_vm_readv(void)
{
	char from[] = "read from here", to[32];
	struct iovec l = {to, 32}, r = {from, 14};

	CALL(SYS_process_vm_readv, getpid(), &l, 1, &r, 1, 0);
	ER("SYSCALL_PROCESS_VM_READV_X", "res"); I("pid", getpid()); X("data", "read from here", 14);
}
static void t_process_vm_writev(void)
{
	char from[] = "write from here", to[32];
	struct iovec l = {from, 15}, r = {to, 15};

	CALL(SYS_process_vm_writev, getpid(), &l, 1, &r, 1, 0);
	ER("SYSCALL_PROCESS_VM_WRITEV_X", "res"); I("pid", getpid()); X("data", "write from here", 15);
}
static void t_lseek(void)
{
	int fd = file("f");

	CALL(SYS_lseek, fd, 5L, SEEK_END);
	ER("SYSCALL_LSEEK_X", "res"); I("fd", fd); I("offset", 5); F("whence", "SEEK_END");
	CALL(SYS_lseek, fd, -3L, SEEK_CUR);
	ER("SYSCALL_LSEEK_X", "res"); I("fd", fd); I("offset", -3); F("whence", "SEEK_CUR");
}
static void t_stat(void) { struct stat st; file("f"); CALL(SYS_stat, "f", &st); ER("SYSCALL_STAT_X", "res");
	S("path", "f"); }
static void t_lstat(void) { struct stat st; CALL(SYS_lstat, "nothing", &st); ER("SYSCALL_LSTAT_X", "res");
	S("path", "nothing"); }
static void t_fstat(void) { struct stat st; int fd = file("f"); CALL(SYS_fstat, fd, &st);
	ER("SYSCALL_FSTAT_X", "res"); I("fd", fd); }
static void t_newfstatat(void)
{
	struct stat st;
	int fd = file("f");

	CALL(SYS_newfstatat, AT_FDCWD, "f", &st, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT);
	ER("SYSCALL_NEWFSTATAT_X", "res"); I("dirfd", -100); S("path", "f");
	F("flags", "AT_SYMLINK_NOFOLLOW|AT_NO_AUTOMOUNT");
	CALL(SYS_newfstatat, fd, "", &st, AT_EMPTY_PATH);
	ER("SYSCALL_NEWFSTATAT_X", "res"); I("dirfd", fd); S("path", ""); F("flags", "AT_EMPTY_PATH");
}
static void t_access(void) { CALL(SYS_access, "none", R_OK | X_OK); ER("SYSCALL_ACCESS_X", "res"); S("name", "none");
	F("mode", "R_OK|X_OK"); }
static void t_getcwd(void)
{
	char b[512];

	CALL(SYS_getcwd, b, sizeof(b));
	ER("SYSCALL_GETCWD_X", "res"); S("path", b);
	CALL(SYS_getcwd, b, 1L);
	ER("SYSCALL_GETCWD_X", "res"); N("path");
}
static void t_chdir(void) { CALL(SYS_chdir, "/"); ER("SYSCALL_CHDIR_X", "res"); S("path", "/"); }
static void t_fchdir(void) { int d = open("/", O_DIRECTORY); CALL(SYS_fchdir, d); ER("SYSCALL_FCHDIR_X", "res");
	I("fd", d); }
static void t_chroot(void) { CALL(SYS_chroot, "."); ER("SYSCALL_CHROOT_X", "res"); S("path", "."); }
static void t_mkdir(void) { CALL(SYS_mkdir, "d", 0750); ER("SYSCALL_MKDIR_2_X", "res"); S("path", "d");
	I("mode", 0750); }
static void t_mkdirat(void) { CALL(SYS_mkdirat, AT_FDCWD, "d", 0711); ER("SYSCALL_MKDIRAT_X", "res");
	I("dirfd", -100); S("path", "d"); I("mode", 0711); }
static void t_rmdir(void) { mkdir("d", 0700); CALL(SYS_rmdir, "d"); ER("SYSCALL_RMDIR_2_X", "res"); S("path", "d"); }
static void t_rename(void) { file("a"); CALL(SYS_rename, "a", "b"); ER("SYSCALL_RENAME_X", "res"); S("oldpath", "a");
	S("newpath", "b"); }
static void t_renameat(void) { int d = open(".", O_DIRECTORY); file("a"); CALL(SYS_renameat, AT_FDCWD, "a", d, "b");
	ER("SYSCALL_RENAMEAT_X", "res"); I("olddirfd", -100); S("oldpath", "a"); I("newdirfd", d); S("newpath", "b"); }
static void t_renameat2(void) { int d = open(".", O_DIRECTORY); file("a");
	CALL(SYS_renameat2, d, "a", AT_FDCWD, "b", 1); ER("SYSCALL_RENAMEAT2_X", "res"); I("olddirfd", d);
	S("oldpath", "a"); I("newdirfd", -100); S("newpath", "b"); F("flags", "RENAME_NOREPLACE"); }
static void t_link(void) { file("a"); CALL(SYS_link, "a", "b"); ER("SYSCALL_LINK_2_X", "res"); S("oldpath", "a");
	S("newpath", "b"); }
static void t_linkat(void) { int d = open(".", O_DIRECTORY); file("a");
	CALL(SYS_linkat, AT_FDCWD, "a", d, "b", AT_SYMLINK_FOLLOW); ER("SYSCALL_LINKAT_2_X", "res");
	I("olddir", -100); S("oldpath", "a"); I("newdir", d); S("newpath", "b"); F("flags", "AT_SYMLINK_FOLLOW"); }
static void t_symlink(void) { CALL(SYS_symlink, "target", "l"); ER("SYSCALL_SYMLINK_X", "res");
	S("target", "target"); S("linkpath", "l"); }
static void t_symlinkat(void) { CALL(SYS_symlinkat, "target", AT_FDCWD, "l"); ER("SYSCALL_SYMLINKAT_X", "res");
	S("target", "target"); I("linkdirfd", -100); S("linkpath", "l"); }
static void t_unlink(void) { file("a"); CALL(SYS_unlink, "a"); ER("SYSCALL_UNLINK_2_X", "res"); S("path", "a"); }
static void t_unlinkat(void) { mkdir("d", 0700); CALL(SYS_unlinkat, AT_FDCWD, "d", AT_REMOVEDIR);
	ER("SYSCALL_UNLINKAT_2_X", "res"); I("dirfd", -100); S("name", "d"); F("flags", "AT_REMOVEDIR"); }
static void t_chmod(void) { file("a"); CALL(SYS_chmod, "a", 04751); ER("SYSCALL_CHMOD_X", "res"); S("filename", "a");
	I("mode", 04751); }
static void t_fchmod(void) { int fd = file("a"); CALL(SYS_fchmod, fd, 0444); ER("SYSCALL_FCHMOD_X", "res");
	I("fd", fd); I("mode", 0444); }
static void t_fchmodat(void) { file("a"); CALL(SYS_fchmodat, AT_FDCWD, "a", 01777); ER("SYSCALL_FCHMODAT_X", "res");
	I("dirfd", -100); S("filename", "a"); I("mode", 01777); }
static void t_chown(void) { file("a"); CALL(SYS_chown, "a", 11, 12); ER("SYSCALL_CHOWN_X", "res"); S("path", "a");
	I("uid", 11); I("gid", 12); }
static void t_lchown(void) { file("a"); CALL(SYS_lchown, "a", 13, -1); ER("SYSCALL_LCHOWN_X", "res"); S("path", "a");
	I("uid", 13); I("gid", 0xffffffffL); }
static void t_fchown(void) { int fd = file("a"); CALL(SYS_fchown, fd, 14, 15); ER("SYSCALL_FCHOWN_X", "res");
	I("fd", fd); I("uid", 14); I("gid", 15); }
static void t_fchownat(void) { file("a"); CALL(SYS_fchownat, AT_FDCWD, "a", 16, 17, AT_SYMLINK_NOFOLLOW);
	ER("SYSCALL_FCHOWNAT_X", "res"); I("dirfd", -100); S("pathname", "a"); I("uid", 16); I("gid", 17);
	F("flags", "AT_SYMLINK_NOFOLLOW"); }
static void t_mknod(void) { CALL(SYS_mknod, "n", S_IFIFO | 0640, 0); ER("SYSCALL_MKNOD_X", "res"); S("path", "n");
	I("mode", S_IFIFO | 0640); I("dev", 0); }
static void t_mknodat(void) { CALL(SYS_mknodat, AT_FDCWD, "n", S_IFCHR | 0600, makedev(1, 3));
	ER("SYSCALL_MKNODAT_X", "res"); I("dirfd", -100); S("path", "n"); I("mode", S_IFCHR | 0600);
	I("dev", makedev(1, 3)); }
static void t_getdents(void) { char b[4096]; int d = open(".", O_DIRECTORY); CALL(SYS_getdents, d, b, sizeof(b));
	ER("SYSCALL_GETDENTS_X", "res"); I("fd", d); }
static void t_getdents64(void) { char b[4096]; int d = open(".", O_DIRECTORY); CALL(SYS_getdents64, d, b, sizeof(b));
	ER("SYSCALL_GETDENTS64_X", "res"); I("fd", d); }
static void t_flock(void) { int fd = file("a"); CALL(SYS_flock, fd, LOCK_EX | LOCK_NB); ER("SYSCALL_FLOCK_X", "res");
	I("fd", fd); F("operation", "LOCK_EX|LOCK_NB"); }
static void t_fcntl(void)
{
	int fd = file("a");

	CALL(SYS_fcntl, fd, F_SETFD, 1L);
	ER("SYSCALL_FCNTL_X", "res"); I("fd", fd); F("cmd", "F_SETFD"); I("arg", 1);
	CALL(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 200L);
	ER("SYSCALL_FCNTL_X", "res"); I("fd", fd); F("cmd", "F_DUPFD_CLOEXEC"); I("arg", 200);
}
static void t_ioctl(void) { int v, fd = file("a"); CALL(SYS_ioctl, fd, 0x541bUL, &v); ER("SYSCALL_IOCTL_3_X", "res");
	I("fd", fd); I("request", 0x541b); I("argument", (long)&v); }
static void t_dup(void) { int fd = file("a"); CALL(SYS_dup, fd); ER("SYSCALL_DUP_1_X", "res"); I("oldfd", fd); }
static void t_dup2(void) { int fd = file("a"); CALL(SYS_dup2, fd, 210); ER("SYSCALL_DUP2_X", "res"); I("oldfd", fd);
	I("newfd", 210); }
static void t_dup3(void) { int fd = file("a"); CALL(SYS_dup3, fd, 211, O_CLOEXEC); ER("SYSCALL_DUP3_X", "res");
	I("oldfd", fd); I("newfd", 211); F("flags", "O_CLOEXEC"); }
static void t_pipe(void) { int p[2]; CALL(SYS_pipe, p); ER("SYSCALL_PIPE_X", "res"); I("fd1", p[0]); I("fd2", p[1]);
	I("ino", inode(p[0])); }
static void t_pipe2(void) { int p[2]; CALL(SYS_pipe2, p, O_CLOEXEC | O_NONBLOCK); ER("SYSCALL_PIPE2_X", "res");
	I("fd1", p[0]); I("fd2", p[1]); I("ino", inode(p[0])); F("flags", "O_CLOEXEC|O_NONBLOCK"); }
static void t_splice(void)
{
	int p[2], fd = file("a");

	pipe(p);
	CALL(SYS_splice, fd, NULL, p[1], NULL, 24L, SPLICE_F_MOVE | SPLICE_F_MORE);
	ER("SYSCALL_SPLICE_X", "res"); I("fd_in", fd); I("fd_out", p[1]); I("size", 24);
	F("flags", "SPLICE_F_MOVE|SPLICE_F_MORE");
}
static void t_sendfile(void)
{
	long offset = 3;
	int in = file("a"), to = open("b", O_RDWR | O_CREAT, 0600);

	CALL(SYS_sendfile, to, in, &offset, 10L);
	ER("SYSCALL_SENDFILE_X", "res"); I("offset", 3); I("out_fd", to); I("in_fd", in); I("size", 10);
	CALL(SYS_sendfile, to, in, NULL, 5L);
	ER("SYSCALL_SENDFILE_X", "res"); I("offset", 0); I("out_fd", to); I("in_fd", in); I("size", 5);
}
static void t_copy_file_range(void)
{
	long from = 2, to = 100;
	int in = file("a"), o = open("b", O_RDWR | O_CREAT, 0600);

	CALL(SYS_copy_file_range, in, &from, o, &to, 8L, 0);
	ER("SYSCALL_COPY_FILE_RANGE_X", "res"); I("fdout", o); I("offout", 100); I("fdin", in); I("offin", 2);
	I("len", 8);
}
static void t_mount(void)
{
	CALL(SYS_mount, "none", "nowhere", "tmpfs", MS_NOSUID | MS_NODEV, NULL);
	ER("SYSCALL_MOUNT_X", "res"); S("dev", "none"); S("dir", "nowhere"); S("type", "tmpfs");
	F("flags", "NOSUID|NODEV");
}
static void t_umount2(void) { CALL(SYS_umount2, "nowhere", MNT_DETACH | UMOUNT_NOFOLLOW);
	ER("SYSCALL_UMOUNT2_X", "res"); S("name", "nowhere"); F("flags", "DETACH|NOFOLLOW"); }
static void t_fsconfig(void)
{
	long fd = syscall(SYS_fsopen, "tmpfs", 0);

	if (fd < 0) {
		U("fsopen is not permitted");
		return;
	}
	CALL(SYS_fsconfig, fd, FSCONFIG_SET_STRING, "size", "1048576", 0);
	ER("SYSCALL_FSCONFIG_X", "res"); I("fd", fd); F("cmd", "FSCONFIG_SET_STRING"); S("key", "size");
	N("value_bytebuf"); S("value_charbuf", "1048576"); I("aux", 0);
	CALL(SYS_fsconfig, fd, FSCONFIG_SET_FLAG, "ro", NULL, 0);
	ER("SYSCALL_FSCONFIG_X", "res"); I("fd", fd); F("cmd", "FSCONFIG_SET_FLAG"); S("key", "ro");
	N("value_bytebuf"); N("value_charbuf"); I("aux", 0);
}
static void t_quotactl(void)
{
	CALL(SYS_quotactl, QCMD(Q_QUOTAON, USRQUOTA), "/dev/nowhere", 2, "quotafile");
	ER("SYSCALL_QUOTACTL_X", "res"); S("special", "/dev/nowhere"); S("quotafilepath", "quotafile");
	I("dqb_bhardlimit", 0); I("dqb_bsoftlimit", 0); I("dqb_curspace", 0); I("dqb_ihardlimit", 0);
	I("dqb_isoftlimit", 0);
	I("dqb_btime", 0); I("dqb_itime", 0); I("dqi_bgrace", 0); I("dqi_igrace", 0); I("dqi_flags", 0);
	F("quota_fmt_out", "QFMT_NOT_USED");
	F("cmd", "Q_QUOTAON"); F("type", "USRQUOTA"); I("id", 0); F("quota_fmt", "QFMT_VFS_V0");
	struct dqblk b = {.dqb_bhardlimit = 9, .dqb_bsoftlimit = 8, .dqb_curspace = 7, .dqb_ihardlimit = 6,
		.dqb_isoftlimit = 5, .dqb_btime = 4, .dqb_itime = 3, .dqb_valid = QIF_ALL};
	CALL(SYS_quotactl, QCMD(Q_SETQUOTA, GRPQUOTA), "/dev/nowhere", 1234, &b);
	ER("SYSCALL_QUOTACTL_X", "res"); S("special", "/dev/nowhere"); N("quotafilepath");
	I("dqb_bhardlimit", 9); I("dqb_bsoftlimit", 8); I("dqb_curspace", 7); I("dqb_ihardlimit", 6);
	I("dqb_isoftlimit", 5);
	I("dqb_btime", 4); I("dqb_itime", 3); I("dqi_bgrace", 0); I("dqi_igrace", 0); I("dqi_flags", 0);
	F("quota_fmt_out", "QFMT_NOT_USED");
	F("cmd", "Q_SETQUOTA"); F("type", "GRPQUOTA"); I("id", 1234); F("quota_fmt", "QFMT_NOT_USED");
}

/* ---- descriptors that are no files ---- */

static void t_eventfd(void) { CALL(SYS_eventfd, 41); ER("SYSCALL_EVENTFD_X", "res"); I("initval", 41); I("flags", 0); }
static void t_eventfd2(void) { CALL(SYS_eventfd2, 42, EFD_CLOEXEC | EFD_NONBLOCK); ER("SYSCALL_EVENTFD2_X", "res");
	F("flags", "O_CLOEXEC|O_NONBLOCK"); I("initval", 42); }
static void t_signalfd(void) { unsigned long set = 1UL << (SIGUSR1 - 1) | 1UL << (SIGHUP - 1);
	CALL(SYS_signalfd, -1, &set, 8); ER("SYSCALL_SIGNALFD_X", "res"); I("fd", -1); I("mask", set); I("flags", 0); }
static void t_signalfd4(void) { unsigned long set = 1UL << (SIGUSR2 - 1);
	CALL(SYS_signalfd4, -1, &set, 8, SFD_CLOEXEC); ER("SYSCALL_SIGNALFD4_X", "res"); F("flags", "O_CLOEXEC");
	I("fd", -1); I("mask", set); }
static void t_timerfd_create(void) { CALL(SYS_timerfd_create, CLOCK_MONOTONIC, TFD_NONBLOCK);
	ER("SYSCALL_TIMERFD_CREATE_X", "res"); I("clockid", 1); I("flags", 0x40); }
static void t_inotify_init(void) { CALL(SYS_inotify_init); ER("SYSCALL_INOTIFY_INIT_X", "res"); I("flags", 0); }
static void t_inotify_init1(void) { CALL(SYS_inotify_init1, IN_CLOEXEC); ER("SYSCALL_INOTIFY_INIT1_X", "res");
	F("flags", "O_CLOEXEC"); }
static void t_epoll_create(void) { CALL(SYS_epoll_create, 7); ER("SYSCALL_EPOLL_CREATE_X", "res"); I("size", 7); }
static void t_epoll_create1(void) { CALL(SYS_epoll_create1, EPOLL_CLOEXEC); ER("SYSCALL_EPOLL_CREATE1_X", "res");
	F("flags", "EPOLL_CLOEXEC"); }
static void t_epoll_wait(void) { struct epoll_event e[5]; int fd = epoll_create1(0);
	CALL(SYS_epoll_wait, fd, e, 5, 0); ER("SYSCALL_EPOLLWAIT_X", "res"); I("maxevents", 5); }

static void fdlist(int count, ...)
{
	unsigned short n = count;
	va_list list;

	say("P fds x ");
	hex(&n, 2);
	va_start(list, count);
	for (int i = 0; i < count; i++) {
		long fd = va_arg(list, int);
		short events = va_arg(list, int);

		hex(&fd, 8);
		hex(&events, 2);
	}
	va_end(list);
	say("\n");
}
static void t_poll(void)
{
	int p[2];
	struct pollfd f[2];

	pipe(p);
	write(p[1], "x", 1);
	f[0] = (struct pollfd){.fd = p[0], .events = POLLIN | POLLPRI};
	f[1] = (struct pollfd){.fd = p[1], .events = POLLOUT};
	CALL(SYS_poll, f, 2, 100);
	ER("SYSCALL_POLL_X", "res"); fdlist(2, p[0], 1, p[1], 4); I("timeout", 100);
}
static void t_ppoll(void)
{
	int p[2];
	struct pollfd f;
	struct timespec t = {1, 500};
	unsigned long set = 1UL << (SIGUSR1 - 1);

	pipe(p);
	f = (struct pollfd){.fd = p[1], .events = POLLOUT};
	CALL(SYS_ppoll, &f, 1, &t, &set, 8);
	ER("SYSCALL_PPOLL_X", "res"); fdlist(1, p[1], 4); I("timeout", 1000000500L); I("sigmask", set);
}
static void t_select(void) { struct timeval t = {0, 0}; CALL(SYS_select, 0, NULL, NULL, NULL, &t);
	ER("SYSCALL_SELECT_X", "res"); }
static void t_userfaultfd(void) { CALL(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK); ER("SYSCALL_USERFAULTFD_X", "res");
	F("flags", "O_CLOEXEC|O_NONBLOCK"); }
static void t_memfd_create(void) { CALL(SYS_memfd_create, "memory", 3); ER("SYSCALL_MEMFD_CREATE_X", "fd");
	S("name", "memory"); F("flags", "MFD_CLOEXEC|MFD_ALLOW_SEALING"); }
static void t_pidfd_open(void) { CALL(SYS_pidfd_open, getpid(), O_NONBLOCK); ER("SYSCALL_PIDFD_OPEN_X", "fd");
	I("pid", getpid()); F("flags", "PIDFD_NONBLOCK"); }
static void t_pidfd_getfd(void) { int p = syscall(SYS_pidfd_open, getpid(), 0); CALL(SYS_pidfd_getfd, p, 1, 0);
	ER("SYSCALL_PIDFD_GETFD_X", "fd"); I("pid_fd", p); I("target_fd", 1); I("flags", 0); }
static void t_bpf(void)
{
	union bpf_attr a;

	memset(&a, 0, sizeof(a));
	CALL(SYS_bpf, BPF_MAP_GET_NEXT_ID, &a, sizeof(a));
	ER("SYSCALL_BPF_2_X", "fd"); F("cmd", "BPF_MAP_GET_NEXT_ID");
}
static void t_io_uring(void)
{
	struct io_uring_params p;
	unsigned long set = 1UL << (SIGUSR1 - 1);
	long fd;

	memset(&p, 0, sizeof(p));
	p.flags = IORING_SETUP_CQSIZE | IORING_SETUP_CLAMP;
	p.cq_entries = 64;
	fd = CALL(SYS_io_uring_setup, 5, &p);
	ER("SYSCALL_IO_URING_SETUP_X", "res"); I("entries", 5); I("sq_entries", p.sq_entries);
	I("cq_entries", p.cq_entries); F("flags", "IORING_SETUP_CQSIZE|IORING_SETUP_CLAMP"); I("sq_thread_cpu", 0);
	I("sq_thread_idle", 0); I("features", p.features & 0x7ff);
	CALL(SYS_io_uring_enter, fd, 0, 0, IORING_ENTER_GETEVENTS, &set, 8);
	ER("SYSCALL_IO_URING_ENTER_X", "res"); I("fd", fd); I("to_submit", 0); I("min_complete", 0);
	F("flags", "IORING_ENTER_GETEVENTS"); I("sig", set);
	CALL(SYS_io_uring_register, fd, IORING_REGISTER_EVENTFD, (void *)0x1230, 1);
	ER("SYSCALL_IO_URING_REGISTER_X", "res"); I("fd", fd); F("opcode", "IORING_REGISTER_EVENTFD");
	I("arg", 0x1230); I("nr_args", 1);
}

/* ---- network ---- */

static void addr4(const struct sockaddr_in *a) { unsigned short port = ntohs(a->sin_port); hex(&a->sin_addr, 4);
	hex(&port, 2); }
static void addr6(const struct sockaddr_in6 *a) { unsigned short port = ntohs(a->sin6_port); hex(&a->sin6_addr, 16);
	hex(&port, 2); }
static void A4(const char *name, const struct sockaddr_in *a) { say("P %s x 02", name); addr4(a); say("\n"); }
static void A6(const char *name, const struct sockaddr_in6 *a) { say("P %s x 0a", name); addr6(a); say("\n"); }
static void AU(const char *name, const char *path) { say("P %s x 01", name); hex(path, strlen(path) + 1); say("\n"); }
static void T4(const struct sockaddr_in *from, const struct sockaddr_in *to) { say("P tuple x 02"); addr4(from);
	addr4(to); say("\n"); }
static void T6(const struct sockaddr_in6 *from, const struct sockaddr_in6 *to) { say("P tuple x 0a"); addr6(from);
	addr6(to); say("\n"); }
static void TU(const char *path)
{
	say("P tuple x 01");
	for (int i = 0; i < 16; i++)
		say("??");
	hex(path, strlen(path) + 1);
	say("\n");
}
static struct sockaddr_in local4(int fd) { struct sockaddr_in a; socklen_t n = sizeof(a);
	getsockname(fd, (void *)&a, &n); return a; }
static struct sockaddr_in6 local6(int fd) { struct sockaddr_in6 a; socklen_t n = sizeof(a);
	getsockname(fd, (void *)&a, &n); return a; }
static int loopback4(int type)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int fd = socket(AF_INET, type, 0);

	bind(fd, (void *)&a, sizeof(a));
	return fd;
}
static int server4(void) { int fd = loopback4(SOCK_STREAM); listen(fd, 9); return fd; }
static void t_socket(void) { CALL(SYS_socket, AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0); ER("SOCKET_SOCKET_X", "fd");
	F("domain", "AF_INET6"); I("type", SOCK_DGRAM | SOCK_CLOEXEC); I("proto", 0); F("flags", "O_CLOEXEC"); }
static void t_bind(void)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(0), .sin_addr = {htonl(INADDR_LOOPBACK)}};
	struct sockaddr_in6 b = {.sin6_family = AF_INET6, .sin6_port = 0, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	struct sockaddr_un u = {.sun_family = AF_UNIX, .sun_path = "named"};
	int f4 = socket(AF_INET, SOCK_STREAM, 0), f6 = socket(AF_INET6, SOCK_STREAM, 0), fu = socket(AF_UNIX,
		SOCK_STREAM, 0);

	CALL(SYS_bind, f4, &a, sizeof(a)); ER("SOCKET_BIND_X", "res"); A4("addr", &a); I("fd", f4);
	if (f6 >= 0) { CALL(SYS_bind, f6, &b, sizeof(b)); ER("SOCKET_BIND_X", "res"); A6("addr", &b); I("fd", f6); }
	CALL(SYS_bind, fu, &u, sizeof(u)); ER("SOCKET_BIND_X", "res"); AU("addr", "named"); I("fd", fu);
}
static void t_connect(void)
{
	int l = server4(), c = socket(AF_INET, SOCK_STREAM, 0), u = socket(AF_UNIX, SOCK_STREAM, 0),
		s = socket(AF_UNIX, SOCK_STREAM, 0);
	struct sockaddr_in to = local4(l), from;
	struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = "listening"};

	CALL(SYS_connect, c, &to, sizeof(to));
	from = local4(c);
	ER("SOCKET_CONNECT_X", "res"); T4(&from, &to); I("fd", c); A4("addr", &to);
	bind(s, (void *)&un, sizeof(un));
	listen(s, 3);
	CALL(SYS_connect, u, &un, sizeof(un));
	ER("SOCKET_CONNECT_X", "res"); TU("listening"); I("fd", u); AU("addr", "listening");
	strcpy(un.sun_path, "nobody");
	u = socket(AF_UNIX, SOCK_STREAM, 0);
	CALL(SYS_connect, u, &un, sizeof(un));
	ER("SOCKET_CONNECT_X", "res"); N("tuple"); I("fd", u); AU("addr", "nobody");
}
static void t_connect6(void)
{
	struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT}, to, from;
	int l = socket(AF_INET6, SOCK_STREAM, 0), c = socket(AF_INET6, SOCK_STREAM, 0);

	if (l < 0 || bind(l, (void *)&a, sizeof(a)) < 0) { U("no IPv6 here"); return; }
	listen(l, 3);
	to = local6(l);
	CALL(SYS_connect, c, &to, sizeof(to));
	from = local6(c);
	ER("SOCKET_CONNECT_X", "res"); T6(&from, &to); I("fd", c); A6("addr", &to);
}
static void t_listen(void) { int fd = loopback4(SOCK_STREAM); CALL(SYS_listen, fd, 17); ER("SOCKET_LISTEN_X", "res");
	I("fd", fd); I("backlog", 17); }
static void accepted(const char *type, int number, int flags)
{
	int l = server4(), c = socket(AF_INET, SOCK_STREAM, 0), d = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in to = local4(l), from;

	connect(c, (void *)&to, sizeof(to));
	from = local4(c);
	connect(d, (void *)&to, sizeof(to));
	CALL(number, l, NULL, NULL, flags);
	ER(type, "fd"); T4(&from, &to); I("queuepct", 1 * 100 / 9); I("queuelen", 1); I("queuemax", 9);
}
static void t_accept(void) { accepted("SOCKET_ACCEPT_5_X", SYS_accept, 0); }
static void t_accept4(void) { accepted("SOCKET_ACCEPT4_6_X", SYS_accept4, SOCK_CLOEXEC); I("flags", 0x1000); }
static void t_sendto(void)
{
	int a = loopback4(SOCK_DGRAM), b = loopback4(SOCK_DGRAM);
	struct sockaddr_in from = local4(a), to = local4(b);

	CALL(SYS_sendto, a, "datagram", 8L, 0, &to, sizeof(to));
	ER("SOCKET_SENDTO_X", "res"); X("data", "datagram", 8); I("fd", a); I("size", 8); T4(&from, &to);
}
static void t_recvfrom(void)
{
	char x[50];
	int a = loopback4(SOCK_DGRAM), b = loopback4(SOCK_DGRAM);
	struct sockaddr_in from = local4(a), to = local4(b), who;
	socklen_t n = sizeof(who);

	sendto(a, "datagram", 8, 0, (void *)&to, sizeof(to));
	CALL(SYS_recvfrom, b, x, 50L, 0, &who, &n);
	ER("SOCKET_RECVFROM_X", "res"); X("data", "datagram", 8); T4(&from, &to); I("fd", b); I("size", 50);
}
static void t_sendmsg(void)
{
	int a = loopback4(SOCK_DGRAM), b = loopback4(SOCK_DGRAM);
	struct sockaddr_in from = local4(a), to = local4(b);
	struct iovec v[2] = {{"two ", 4}, {"parts", 5}};
	struct msghdr m = {.msg_name = &to, .msg_namelen = sizeof(to), .msg_iov = v, .msg_iovlen = 2};

	CALL(SYS_sendmsg, a, &m, 0);
	ER("SOCKET_SENDMSG_X", "res"); X("data", "two parts", 9); I("fd", a); I("size", 9); T4(&from, &to);
}
static void t_recvmsg(void)
{
	char x[50], control[64];
	int a = loopback4(SOCK_DGRAM), b = loopback4(SOCK_DGRAM), on = 1;
	struct sockaddr_in from = local4(a), to = local4(b), who;
	struct iovec v[2] = {{x, 4}, {x + 4, 40}};
	struct msghdr m = {.msg_name = &who, .msg_namelen = sizeof(who), .msg_iov = v, .msg_iovlen = 2,
		.msg_control = control, .msg_controllen = sizeof(control)};

	setsockopt(b, IPPROTO_IP, 8, &on, sizeof(on));	/* IP_PKTINFO: a control message */
	sendto(a, "datagram", 8, 0, (void *)&to, sizeof(to));
	CALL(SYS_recvmsg, b, &m, 0);
	ER("SOCKET_RECVMSG_X", "res"); I("size", 8); X("data", "datagram", 8); T4(&from, &to);
	X("msgcontrol", control, m.msg_controllen); I("fd", b);
}
static void t_sendmmsg(void)
{
	int a = loopback4(SOCK_DGRAM), b = loopback4(SOCK_DGRAM);
	struct sockaddr_in from = local4(a), to = local4(b);
	struct iovec v[2] = {{"first", 5}, {"second", 6}};
	struct mmsghdr m[2] = {{{.msg_name = &to, .msg_namelen = sizeof(to), .msg_iov = v, .msg_iovlen = 1}, 0},
		{{.msg_name = &to, .msg_namelen = sizeof(to), .msg_iov = v + 1, .msg_iovlen = 1}, 0}};

	CALL(SYS_sendmmsg, a, m, 2, 0);
	ER("SOCKET_SENDMMSG_X", "res"); I("fd", a); I("size", 5); X("data", "first", 5); T4(&from, &to);
	ER("SOCKET_SENDMMSG_X", "res"); I("fd", a); I("size", 6); X("data", "second", 6); T4(&from, &to);
}
static void t_recvmmsg(void)
{
	char x[2][50];
	int a = loopback4(SOCK_DGRAM), b = loopback4(SOCK_DGRAM);
	struct sockaddr_in from = local4(a), to = local4(b), who[2];
	struct iovec v[2] = {{x[0], 50}, {x[1], 50}};
	struct mmsghdr m[2] = {{{.msg_name = who, .msg_namelen = sizeof(to), .msg_iov = v, .msg_iovlen = 1}, 0},
		{{.msg_name = who + 1, .msg_namelen = sizeof(to), .msg_iov = v + 1, .msg_iovlen = 1}, 0}};

	sendto(a, "first", 5, 0, (void *)&to, sizeof(to));
	sendto(a, "second", 6, 0, (void *)&to, sizeof(to));
	CALL(SYS_recvmmsg, b, m, 2, 0, NULL);
	ER("SOCKET_RECVMMSG_X", "res"); I("fd", b); I("size", 5); X("data", "first", 5); T4(&from, &to);
	N("msgcontrol");
	ER("SOCKET_RECVMMSG_X", "res"); I("fd", b); I("size", 6); X("data", "second", 6); T4(&from, &to);
	N("msgcontrol");
}
static void t_shutdown(void) { int p[2]; socketpair(AF_UNIX, SOCK_STREAM, 0, p); CALL(SYS_shutdown, p[0], SHUT_WR);
	ER("SOCKET_SHUTDOWN_X", "res"); I("fd", p[0]); F("how", "SHUT_WR"); }
static void t_getsockname(void) { struct sockaddr_in a; socklen_t n = sizeof(a);
	CALL(SYS_getsockname, loopback4(SOCK_DGRAM), &a, &n); E("SOCKET_GETSOCKNAME_X"); }
static void t_getpeername(void) { struct sockaddr_in a; socklen_t n = sizeof(a);
	CALL(SYS_getpeername, loopback4(SOCK_DGRAM), &a, &n); E("SOCKET_GETPEERNAME_X"); }
static void t_socketpair(void)
{
	int p[2];

	CALL(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, p);
	ER("SOCKET_SOCKETPAIR_X", "res"); I("fd1", p[0]); I("fd2", p[1]); R("source", 1, -1); R("peer", 1, -1);
	F("domain", "AF_UNIX"); I("type", SOCK_DGRAM); I("proto", 0);
}
static void t_setsockopt(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
	struct timeval t = {2, 5000};

	CALL(SYS_setsockopt, fd, SOL_SOCKET, SO_REUSEADDR, &on, 4);
	ER("SOCKET_SETSOCKOPT_X", "res"); I("fd", fd); F("level", "SOL_SOCKET"); F("optname", "SO_REUSEADDR");
	say("P val x 0201000000\n"); I("optlen", 4);
	CALL(SYS_setsockopt, fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof(t));
	long ns = 2005000000L;
	ER("SOCKET_SETSOCKOPT_X", "res"); I("fd", fd); F("level", "SOL_SOCKET"); F("optname", "SO_RCVTIMEO");
	say("P val x 04"); hex(&ns, 8); say("\n"); I("optlen", 16);
	CALL(SYS_setsockopt, fd, SOL_TCP, TCP_NODELAY, &on, 4);
	ER("SOCKET_SETSOCKOPT_X", "res"); I("fd", fd); F("level", "SOL_TCP"); F("optname", "UNKNOWN");
	say("P val x 0001000000\n"); I("optlen", 4);
}
static void t_getsockopt(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0), v = 0;
	socklen_t n = 4;

	CALL(SYS_getsockopt, fd, SOL_SOCKET, SO_TYPE, &v, &n);
	ER("SOCKET_GETSOCKOPT_X", "res"); I("fd", fd); F("level", "SOL_SOCKET"); F("optname", "SO_TYPE");
	say("P val x 0201000000\n"); I("optlen", 4);
	CALL(SYS_getsockopt, fd, SOL_SOCKET, SO_ERROR, &v, &n);
	ER("SOCKET_GETSOCKOPT_X", "res"); I("fd", fd); F("level", "SOL_SOCKET"); F("optname", "SO_ERROR");
	say("P val x 010000000000000000\n"); I("optlen", 4);
}

/* ---- memory ---- */

static void t_brk(void) { CALL(SYS_brk, 0L); ER("SYSCALL_BRK_4_X", "res"); MEM(); I("addr", 0); }
static void t_mmap(void)
{
	CALL(SYS_mmap, NULL, 8192L, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);
	ER("SYSCALL_MMAP_X", "res"); MEM(); I("addr", 0); I("length", 8192); F("prot", "PROT_READ|PROT_WRITE");
	F("flags", "MAP_PRIVATE|MAP_ANONYMOUS"); I("fd", -1); I("offset", 0);
}
static void *pages(void) { return mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }
static void t_munmap(void) { void *p = pages(); CALL(SYS_munmap, p, 8192L); ER("SYSCALL_MUNMAP_X", "res"); MEM();
	I("addr", (long)p); I("length", 8192); }
static void t_mprotect(void) { void *p = pages(); CALL(SYS_mprotect, p, 4096L, PROT_READ | PROT_EXEC);
	ER("SYSCALL_MPROTECT_X", "res"); I("addr", (long)p); I("length", 4096); F("prot", "PROT_READ|PROT_EXEC"); }
static void t_mlock(void) { void *p = pages(); CALL(SYS_mlock, p, 4096L); ER("SYSCALL_MLOCK_X", "res");
	I("addr", (long)p); I("len", 4096); }
static void t_mlock2(void) { void *p = pages(); CALL(SYS_mlock2, p, 4096L, 1); ER("SYSCALL_MLOCK2_X", "res");
	I("addr", (long)p); I("len", 4096); F("flags", "MLOCK_ONFAULT"); }
static void t_munlock(void) { void *p = pages(); CALL(SYS_munlock, p, 4096L); ER("SYSCALL_MUNLOCK_X", "res");
	I("addr", (long)p); I("len", 4096); }
static void t_mlockall(void) { CALL(SYS_mlockall, MCL_CURRENT | MCL_ONFAULT); ER("SYSCALL_MLOCKALL_X", "res");
	F("flags", "MCL_CURRENT|MCL_ONFAULT"); }
static void t_munlockall(void) { CALL(SYS_munlockall); ER("SYSCALL_MUNLOCKALL_X", "res"); }

/* ---- processes ---- */

static int fresh;	/* this process has not run yet when the event is made */
static char self_exe[600], self_arguments[4096];
static int self_arguments_size;

static void identify(void)
{
	char b[4096];
	int fd = open("/proc/self/cmdline", O_RDONLY), n = read(fd, b, sizeof(b)), first;

	close(fd);
	first = strnlen(b, n) + 1;
	strcpy(self_exe, b);
	self_arguments_size = n - first;
	memcpy(self_arguments, b + first, self_arguments_size);
}
static void CGROUPS(void)
{
	char text[8192], *line, *rest = text;
	int fd = open("/proc/self/cgroup", O_RDONLY), n = read(fd, text, sizeof(text) - 1);

	close(fd);
	text[n] = 0;
	say("P cgroups g ");
	while ((line = strsep(&rest, "\n")) && *line)
		say("%s;", line);
	say("\n");
}
/* tid to cgroups of clone and exec events, for the process with these numbers. */
static void PROCESS(long tid, long pid, long ptid)
{
	struct rlimit limit;
	char comm[17] = {0};

	getrlimit(RLIMIT_NOFILE, &limit);
	prctl(PR_GET_NAME, comm);
	I("tid", tid); I("pid", pid); I("ptid", ptid); N("cwd"); I("fdlimit", limit.rlim_cur);
	R("pgft_maj", 0, 1000); R("pgft_min", 0, 100000);
	long rss = status("VmRSS:");
	R("vm_size", fresh ? 100 : status("VmSize:") - 300, status("VmSize:") + 300); R("vm_rss", 0, rss + 2000);
	R("vm_swap", 0, 1000);
	S("comm", comm);
	CGROUPS();
}
static void CLONED(const char *type, long result, long tid, long ptid, const char *flags)
{
	E(type); I("res", result);
	S("exe", self_exe); X("args", self_arguments, self_arguments_size);
	PROCESS(tid, tid, ptid);
	F("flags", flags); I("uid", geteuid()); I("gid", getegid()); I("vtid", tid); I("vpid", tid);
	I("pidns_init_start_ts", 0);
}
static void t_clone(void)
{
	long child;

	CALL(SYS_clone, (long)CLONE_FS | SIGCHLD, 0, 0, 0, 0);
	if (res == 0)
		_exit(0);
	child = res;
	waitpid(child, NULL, 0);
	CLONED("SYSCALL_CLONE_20_X", child, getpid(), getppid(), "CLONE_FS");
	say("T %ld\n", child);
	CLONED("SYSCALL_CLONE_20_X", 0, child, getpid(), "CLONE_FS");
}
static void t_clone3(void)
{
	struct clone_args a;
	long child;

	memset(&a, 0, sizeof(a));
	a.flags = CLONE_FILES;
	a.exit_signal = SIGCHLD;
	CALL(SYS_clone3, &a, sizeof(a));
	if (res == 0)
		_exit(0);
	child = res;
	waitpid(child, NULL, 0);
	CLONED("SYSCALL_CLONE3_X", child, getpid(), getppid(), "CLONE_FILES");
	say("T %ld\n", child);
	CLONED("SYSCALL_CLONE3_X", 0, child, getpid(), "CLONE_FILES");
}
static void t_fork(void)
{
	long child;

	CALL(SYS_fork);
	if (res == 0)
		_exit(0);
	child = res;
	waitpid(child, NULL, 0);
	CLONED("SYSCALL_FORK_20_X", child, getpid(), getppid(), "");
	say("T %ld\n", child);
	CLONED("SYSCALL_FORK_20_X", 0, child, getpid(), "");
}
static void t_vfork(void)
{
	long child = vfork();

	if (child == 0)
		_exit(0);
	waitpid(child, NULL, 0);
	CLONED("SYSCALL_VFORK_20_X", child, getpid(), getppid(), "CLONE_VFORK|CLONE_VM");
	say("T %ld\n", child);
	CLONED("SYSCALL_VFORK_20_X", 0, child, getpid(), "CLONE_VFORK|CLONE_VM");
}
static void CAPS(void)
{
	struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct d[2];

	syscall(SYS_capget, &h, d);
	I("cap_inheritable", (long)d[1].inheritable << 32 | d[0].inheritable);
	I("cap_permitted", (long)d[1].permitted << 32 | d[0].permitted);
	I("cap_effective", (long)d[1].effective << 32 | d[0].effective);
}
static void PROGRAM(const char *path, int may_write)
{
	struct stat st;
	char number[32] = "";
	int fd = open("/proc/self/loginuid", O_RDONLY);

	(void)!read(fd, number, 31);
	close(fd);
	if (stat(path, &st) < 0)
		say("U cannot stat %s\n", path);
	R("tty", 0, 0xffffffffL);
	I("vpgid", getpgrp());
	I("loginuid", *number ? atol(number) : 0xffffffffL);
	F("flags", may_write ? "EXE_WRITABLE" : "");
	CAPS();
	I("exe_ino", st.st_ino);
	I("exe_ino_ctime", st.st_ctim.tv_sec * 1000000000L + st.st_ctim.tv_nsec);
	I("exe_ino_mtime", st.st_mtim.tv_sec * 1000000000L + st.st_mtim.tv_nsec);
	I("uid", geteuid());
	S("trusted_exepath", path);
	I("pgid", getpgrp());
	I("gid", getegid());
}
static char *exe_path(void)
{
	static char path[600];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	path[n > 0 ? n : 0] = 0;
	return path;
}
static void t_execve(void)
{
	char *arguments[] = {"argument 0", "one", "two words", NULL}, *environment[] = {"A=1", "B=2", NULL};
	char pipe_number[16], *run[] = {"renamed", "told", pipe_number, "x y", NULL};
	int status_word, p[2];
	long child;

	CALL(SYS_execve, "missing", arguments, environment);
	E("SYSCALL_EXECVE_19_X"); I("res", res); S("exe", "argument 0"); X("args", "one\0two words", 14);
	PROCESS(getpid(), getpid(), getppid());
	X("env", "A=1\0B=2", 8);
	PROGRAM(exe_path(), 1);
	S("filename", "missing");
	/* One that succeeds: the new program itself says what has to be known. */
	pipe(p);
	snprintf(pipe_number, sizeof(pipe_number), "%d", p[1]);
	child = fork();
	if (!child) {
		execve(exe_path(), run, environment);
		_exit(9);
	}
	close(p[1]);
	say("T %ld\n", child);
	for (ssize_t n; (n = read(p[0], out + filled, 65536)) > 0;)
		filled += n;
	waitpid(child, &status_word, 0);
}
/* The program that t_execve starts. */
static int told(int fd)
{
	char arguments[64];
	int n;

	fresh = 1;
	n = snprintf(arguments, sizeof(arguments), "told%c%d%cx y", 0, fd, 0) + 1;

	E("SYSCALL_EXECVE_19_X"); I("res", 0); S("exe", "renamed"); X("args", arguments, n);
	PROCESS(getpid(), getpid(), getppid());
	X("env", "A=1\0B=2", 8);
	PROGRAM(exe_path(), 1);
	S("filename", exe_path());
	output = fd;
	flush();
	return 0;
}
static void t_execveat(void)
{
	char *arguments[] = {"zero", "one", NULL}, *environment[] = {"C=3", NULL};

	CALL(SYS_execveat, AT_FDCWD, "missing", arguments, environment, AT_SYMLINK_NOFOLLOW);
	E("SYSCALL_EXECVEAT_X"); I("res", res); S("exe", "zero"); X("args", "one", 4);
	PROCESS(getpid(), getpid(), getppid());
	X("env", "C=3", 4);
	PROGRAM(exe_path(), 1);
}
static void t_kill(void) { CALL(SYS_kill, getpid(), 0); ER("SYSCALL_KILL_X", "res"); I("pid", getpid()); I("sig", 0);
	CALL(SYS_kill, -0x3ffffffe, SIGUSR1); ER("SYSCALL_KILL_X", "res"); I("pid", -0x3ffffffe); I("sig", SIGUSR1); }
static void t_tkill(void) { CALL(SYS_tkill, getpid(), 0); ER("SYSCALL_TKILL_X", "res"); I("tid", getpid());
	I("sig", 0); }
static void t_tgkill(void) { signal(SIGUSR2, SIG_IGN); CALL(SYS_tgkill, getpid(), getpid(), SIGUSR2);
	ER("SYSCALL_TGKILL_X", "res"); I("pid", getpid()); I("tid", getpid()); I("sig", SIGUSR2); }
static void t_getrlimit(void) { struct rlimit l; CALL(SYS_getrlimit, RLIMIT_NOFILE, &l);
	ER("SYSCALL_GETRLIMIT_X", "res"); I("cur", l.rlim_cur); I("max", l.rlim_max); F("resource", "RLIMIT_NOFILE"); }
static void t_setrlimit(void) { struct rlimit l = {123, 456}; CALL(SYS_setrlimit, RLIMIT_CORE, &l);
	ER("SYSCALL_SETRLIMIT_X", "res"); I("cur", 123); I("max", 456); F("resource", "RLIMIT_CORE"); }
static void t_prlimit64(void) { struct rlimit l = {77, 88}, old; setrlimit(RLIMIT_CORE, &(struct rlimit){55, 99});
	CALL(SYS_prlimit64, 0, RLIMIT_CORE, &l, &old); ER("SYSCALL_PRLIMIT_X", "res"); I("newcur", 77);
	I("newmax", 88); I("oldcur", old.rlim_cur); I("oldmax", old.rlim_max); I("pid", 0);
	F("resource", "RLIMIT_CORE"); }
static void t_ids(void)
{
	unsigned a, b, c;

	CALL(SYS_getuid); ER("SYSCALL_GETUID_X", "uid");
	CALL(SYS_geteuid); ER("SYSCALL_GETEUID_X", "euid");
	CALL(SYS_getgid); ER("SYSCALL_GETGID_X", "gid");
	CALL(SYS_getegid); ER("SYSCALL_GETEGID_X", "egid");
	CALL(SYS_getresuid, &a, &b, &c); ER("SYSCALL_GETRESUID_X", "res"); I("ruid", a); I("euid", b); I("suid", c);
	CALL(SYS_getresgid, &a, &b, &c); ER("SYSCALL_GETRESGID_X", "res"); I("rgid", a); I("egid", b); I("sgid", c);
	CALL(SYS_setregid, 21, 22); ER("SYSCALL_SETREGID_X", "res"); I("rgid", 21); I("egid", 22);
	CALL(SYS_setresgid, 23, 24, 25); ER("SYSCALL_SETRESGID_X", "res"); I("rgid", 23); I("egid", 24); I("sgid", 25);
	CALL(SYS_setgid, 26); ER("SYSCALL_SETGID_X", "res"); I("gid", 26);
	CALL(SYS_setreuid, -1, -1); ER("SYSCALL_SETREUID_X", "res"); I("ruid", 0xffffffffL); I("euid", 0xffffffffL);
	CALL(SYS_setresuid, 0, 0, 31); ER("SYSCALL_SETRESUID_X", "res"); I("ruid", 0); I("euid", 0); I("suid", 31);
	CALL(SYS_setuid, 32); ER("SYSCALL_SETUID_X", "res"); I("uid", 32);
	setuid(0);
}
static void t_setsid(void) { CALL(SYS_setsid); ER("SYSCALL_SETSID_X", "res"); }
static void t_setpgid(void) { CALL(SYS_setpgid, 0, 0); ER("SYSCALL_SETPGID_X", "res"); I("pid", 0); I("pgid", 0); }
static void t_setns(void) { int fd = open("/proc/self/ns/uts", O_RDONLY); CALL(SYS_setns, fd, CLONE_NEWUTS);
	ER("SYSCALL_SETNS_X", "res"); I("fd", fd); F("nstype", "CLONE_NEWUTS"); }
static void t_unshare(void) { CALL(SYS_unshare, CLONE_FILES | CLONE_FS); ER("SYSCALL_UNSHARE_X", "res");
	F("flags", "CLONE_FILES|CLONE_FS"); }
static void t_seccomp(void) { unsigned action = 0; CALL(SYS_seccomp, 2L, 0L, &action);
	ER("SYSCALL_SECCOMP_X", "res"); I("op", 2); I("flags", 0); }
static void t_capset(void)
{
	struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct d[2];

	syscall(SYS_capget, &h, d);
	CALL(SYS_capset, &h, d);
	ER("SYSCALL_CAPSET_X", "res"); CAPS();
}
static void t_prctl(void)
{
	int v;

	CALL(SYS_prctl, PR_SET_NAME, "threadname", 0, 0, 0);
	ER("SYSCALL_PRCTL_X", "res"); F("option", "PR_SET_NAME"); S("arg2_str", "threadname"); I("arg2_int", 0);
	CALL(SYS_prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	ER("SYSCALL_PRCTL_X", "res"); F("option", "PR_SET_CHILD_SUBREAPER"); N("arg2_str"); I("arg2_int", 1);
	CALL(SYS_prctl, PR_GET_CHILD_SUBREAPER, &v, 0, 0, 0);
	ER("SYSCALL_PRCTL_X", "res"); F("option", "PR_GET_CHILD_SUBREAPER"); N("arg2_str"); I("arg2_int", 1);
	CALL(SYS_prctl, PR_GET_DUMPABLE, 0, 0, 0, 0);
	ER("SYSCALL_PRCTL_X", "res"); F("option", "PR_GET_DUMPABLE"); N("arg2_str"); I("arg2_int", 0);
}
static void t_ptrace(void)
{
	static long word = 0x1122334455667788L, got;
	long child = fork();
	char index = 0;

	if (!child) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		raise(SIGSTOP);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	CALL(SYS_ptrace, PTRACE_PEEKDATA, child, &word, &got);
	long at = (long)&word;
	ER("SYSCALL_PTRACE_X", "res"); say("P addr x "); hex(&index, 1); hex(&at, 8); say("\nP data x ");
	hex(&index, 1); hex(&word, 8); say("\n"); F("request", "PTRACE_PEEKDATA"); I("pid", child);
	CALL(SYS_ptrace, PTRACE_CONT, child, 0L, 0L);
	ER("SYSCALL_PTRACE_X", "res"); say("P addr x 000000000000000000\nP data x 0100\n");
	F("request", "PTRACE_CONT"); I("pid", child);
	waitpid(child, NULL, 0);
	CALL(SYS_ptrace, PTRACE_ATTACH, 0x3fffffffL, 5L, 6L);
	ER("SYSCALL_PTRACE_X", "res"); say("P addr x 000000000000000000\nP data x 000000000000000000\n");
	F("request", "PTRACE_ATTACH"); I("pid", 0x3fffffff);
}
static void D(const char *name, int index, long v) { char i = index; say("P %s x ", name); hex(&i, 1); hex(&v, 8);
	say("\n"); }
static void t_keyctl(void)
{
	CALL(SYS_keyctl, KEYCTL_GET_KEYRING_ID, -3L, 0L, 77L, 78L);
	ER("SYSCALL_KEYCTL_X", "res"); F("operation", "KEYCTL_GET_KEYRING_ID"); D("arg2", 0, -3); D("arg3", 0, 0);
	D("arg4", 0, 0); D("arg5", 0, 0);
	CALL(SYS_keyctl, KEYCTL_SEARCH, -1234L, "user", "no such key", 0L);
	ER("SYSCALL_KEYCTL_X", "res"); F("operation", "KEYCTL_SEARCH"); D("arg2", 0, -1234); say("P arg3 x 01");
	hex("user", 5); say("\nP arg4 x 01"); hex("no such key", 12); say("\n"); D("arg5", 0, 0);
}

/* ---- System V, futex, time, modules ---- */

static void t_futex(void) { int word = 5; CALL(SYS_futex, &word, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 4, NULL, NULL, 0);
	ER("SYSCALL_FUTEX_X", "res"); I("addr", (long)&word); I("op", 0x80); I("val", 4);
	CALL(SYS_futex, &word, FUTEX_WAKE, 1); ER("SYSCALL_FUTEX_X", "res"); I("addr", (long)&word);
	F("op", "FUTEX_WAKE"); I("val", 1); }
static void t_nanosleep(void) { struct timespec t = {0, 200000000}; CALL(SYS_nanosleep, &t, NULL);
	ER("SYSCALL_NANOSLEEP_X", "res"); I("interval", 200000000); }
static void t_semaphores(void)
{
	struct sembuf ops[2] = {{0, 2, 0}, {1, 3, SEM_UNDO}};
	int id = CALL(SYS_semget, IPC_PRIVATE, 2, IPC_CREAT | 0600);

	ER("SYSCALL_SEMGET_X", "res"); I("key", 0); I("nsems", 2); F("semflg", "IPC_CREAT");
	CALL(SYS_semop, id, ops, 2L);
	ER("SYSCALL_SEMOP_X", "res"); I("nsops", 2); I("sem_num_0", 0); I("sem_op_0", 2); I("sem_flg_0", 0);
	I("sem_num_1", 1); I("sem_op_1", 3); F("sem_flg_1", "SEM_UNDO"); I("semid", id);
	CALL(SYS_semctl, id, 1, SETVAL, 9L);
	ER("SYSCALL_SEMCTL_X", "res"); I("semid", id); I("semnum", 1); F("cmd", "SETVAL"); I("val", 9);
	CALL(SYS_semctl, id, 0, IPC_RMID, 0L);
	ER("SYSCALL_SEMCTL_X", "res"); I("semid", id); I("semnum", 0); F("cmd", "IPC_RMID"); I("val", 0);
}
static void t_init_module(void) { CALL(SYS_init_module, "no module at all", 16L, "parameter=1");
	ER("SYSCALL_INIT_MODULE_X", "res"); X("img", "no module at all", 16); I("length", 16);
	S("uargs", "parameter=1"); }
static void t_finit_module(void) { int fd = file("f"); CALL(SYS_finit_module, fd, "x=2", 3);
	ER("SYSCALL_FINIT_MODULE_X", "res"); I("fd", fd); S("uargs", "x=2");
	F("flags", "MODULE_INIT_IGNORE_MODVERSIONS|MODULE_INIT_IGNORE_VERMAGIC"); }
static void t_delete_module(void) { CALL(SYS_delete_module, "no_such_module", O_NONBLOCK);
	ER("SYSCALL_DELETE_MODULE_X", "res"); S("name", "no_such_module"); F("flags", "O_NONBLOCK"); }

/* ---- what is no call ---- */

static void EXITED(long tid, int status_word, long reaper)
{
	say("T %ld\n", tid);
	E("PROCEXIT_1_E"); I("status", status_word);
	I("ret", WIFEXITED(status_word) ? WEXITSTATUS(status_word) : 0);
	I("sig", WIFSIGNALED(status_word) ? WTERMSIG(status_word) : 0);
	I("core", WCOREDUMP(status_word) ? 1 : 0); I("reaper_tid", reaper);
}
static void t_procexit(void)
{
	int status_word, p[2];
	long child = fork();

	if (!child)
		_exit(7);
	waitpid(child, &status_word, 0);
	EXITED(child, status_word, 0);
	child = fork();
	if (!child)
		pause();
	kill(child, SIGKILL);
	waitpid(child, &status_word, 0);
	EXITED(child, status_word, 0);
	/* One that leaves a child behind, which this process takes in. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	pipe(p);
	child = fork();
	if (!child) {
		if (!fork()) {
			close(p[1]);
			(void)!read(p[0], &status_word, 1);
			_exit(0);
		}
		_exit(1);
	}
	waitpid(child, &status_word, 0);
	EXITED(child, status_word, getpid());
}
static void caught(int number)
{
	(void)number;
}
static void t_signaldeliver(void)
{
	signal(SIGUSR1, caught);
	kill(getpid(), SIGUSR1);
	E("SIGNALDELIVER_E"); I("spid", getpid()); I("dpid", getpid()); I("sig", SIGUSR1);
}
static void t_page_fault(void)
{
	volatile char *page = pages();

	page[4096] = 1;
	E("PAGE_FAULT_E"); I("addr", (long)page + 4096); R("ip", (long)t_page_fault, (long)t_page_fault + 200);
	F("error", "PAGE_NOT_PRESENT|WRITE_ACCESS|USER_FAULT");
}
static void t_switch(void)
{
	usleep(1000);
	E("SCHEDSWITCH_6_E"); R("next", 0, 1L << 22); R("pgft_maj", 0, 1000); R("pgft_min", 1, 100000); MEM();
}

static const struct { const char *name; void (*make)(void); } cases[] = {
#define T(name) {#name, t_##name}
	T(open), T(openat), T(openat2), T(creat), T(open_by_handle_at), T(close), T(close_range), T(read),
		T(write), T(pread64),
	T(pwrite64), T(readv), T(writev), T(preadv), T(pwritev), T(process_vm_readv), T(process_vm_writev),
		T(lseek), T(stat),
	T(lstat), T(fstat), T(newfstatat), T(access), T(getcwd), T(chdir), T(fchdir), T(chroot), T(mkdir),
		T(mkdirat), T(rmdir),
	T(rename), T(renameat), T(renameat2), T(link), T(linkat), T(symlink), T(symlinkat), T(unlink), T(unlinkat),
		T(chmod),
	T(fchmod), T(fchmodat), T(chown), T(lchown), T(fchown), T(fchownat), T(mknod), T(mknodat), T(getdents),
		T(getdents64),
	T(flock), T(fcntl), T(ioctl), T(dup), T(dup2), T(dup3), T(pipe), T(pipe2), T(splice), T(sendfile),
		T(copy_file_range),
	T(mount), T(umount2), T(fsconfig), T(quotactl), T(eventfd), T(eventfd2), T(signalfd), T(signalfd4),
		T(timerfd_create),
	T(inotify_init), T(inotify_init1), T(epoll_create), T(epoll_create1), T(epoll_wait), T(poll), T(ppoll),
		T(select),
	T(userfaultfd), T(memfd_create), T(pidfd_open), T(pidfd_getfd), T(bpf), T(io_uring), T(socket), T(bind),
		T(connect),
	T(connect6), T(listen), T(accept), T(accept4), T(sendto), T(recvfrom), T(sendmsg), T(recvmsg), T(sendmmsg),
		T(recvmmsg),
	T(shutdown), T(getsockname), T(getpeername), T(socketpair), T(setsockopt), T(getsockopt), T(brk), T(mmap),
		T(munmap),
	T(mprotect), T(mlock), T(mlock2), T(munlock), T(mlockall), T(munlockall), T(clone), T(clone3), T(fork),
		T(vfork),
	T(execve), T(execveat), T(kill), T(tkill), T(tgkill), T(getrlimit), T(setrlimit), T(prlimit64), T(ids),
		T(setsid),
	T(setpgid), T(setns), T(unshare), T(seccomp), T(capset), T(prctl), T(ptrace), T(keyctl), T(futex), T(nanosleep),
	T(semaphores), T(init_module), T(finit_module), T(delete_module), T(procexit),
	T(signaldeliver), T(page_fault), T(switch),
};

/*
 * A child has no page of the program's file in its tables before it touches it, and a driver cannot read what is not
 * there. The kernel brings in neighbours, but which these are depends on where the program was loaded.
 */
static int touch(struct dl_phdr_info *program, size_t size, void *unused)
{
	(void)size, (void)unused;
	for (int i = 0; i < program->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &program->dlpi_phdr[i];

		for (size_t at = 0; part->p_type == PT_LOAD && at < part->p_memsz; at += 4096)
			(void)*(volatile const char *)(program->dlpi_addr + part->p_vaddr + at);
	}
	return 1; /* the first is the program itself */
}

static void decoded(const char *folder)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		pid_t child = fork();

		if (!child) {
			if (chdir(folder) || mkdir(cases[i].name, 0777) || chdir(cases[i].name))
				_exit(5);
			dl_iterate_phdr(touch, NULL);
			identify();
			say("C %s %d\n", cases[i].name, getpid());
			cases[i].make();
			flush();
			_exit(0);
		}
		waitpid(child, NULL, 0);
	}
}

/* Each line of the input: name number and six arguments, a number each or s:TEXT. */
static void generic(FILE *input)
{
	char line[4096];

	say("C generic %d\n", getpid());
	while (fgets(line, sizeof(line), input)) {
		char *rest = line, *name, *word;
		long a[7] = {0};
		int n = 0;

		line[strcspn(line, "\n")] = 0;
		name = strsep(&rest, " ");
		while (n < 7 && (word = strsep(&rest, " ")))
			a[n++] = !strncmp(word, "s:", 2) ? (long)strdup(word + 2) : strtol(word, NULL, 0);
		CALL(a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
		say("R %s %ld", name, res);
		for (int i = 1; i < 7; i++)
			say(" %ld", a[i]);
		say("\n");
	}
	flush();
}

static int in_thread(void *unused)
{
	(void)unused;
	say("F thread %ld\n", syscall(SYS_gettid));
	syscall(SYS_getppid);
	return 0;
}

/* A thread, a child, and a grandchild that outlives both and is taken in by another process. */
static void family(void)
{
	static char stack[65536];
	int p[2], go[2];
	long child;
	char pid[32];
	ssize_t n;

	say("F leader %d\n", getpid());
	clone(in_thread, stack + sizeof(stack), CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, NULL);
	usleep(100000);
	pipe(p);
	pipe(go);
	child = fork();
	if (!child) {
		if (!fork()) {
			close(go[1]);
			(void)!read(go[0], pid, 1);	/* until the child has ended */
			n = snprintf(pid, sizeof(pid), "%d", getpid());
			syscall(SYS_getppid);
			(void)!write(p[1], pid, n);
			_exit(0);
		}
		syscall(SYS_getppid);
		_exit(0);
	}
	say("F child %ld\n", child);
	close(p[1]);
	waitpid(child, NULL, 0);
	close(go[1]);
	n = read(p[0], pid, sizeof(pid) - 1);
	pid[n > 0 ? n : 0] = 0;
	say("F orphan %s\n", pid);
	flush();
}

/*
 * Rounds of calls of which every event says which round it is of: data, numbers, a table of flags, no event type. Every 64th
 * round has data that is not in memory.
 */
static void mixed(long rounds)
{
	int zero = open("/dev/zero", O_RDONLY), null = open("/dev/null", O_WRONLY);
	char data[64];

	for (long i = 0; i < rounds; i++) {
		memset(data, 'a' + i % 26, sizeof(data));
		*(long *)data = i;
		syscall(SYS_write, null, data, 8 + i % 57);
		syscall(SYS_read, zero, data, 1 + i % 64);
		syscall(SYS_dup2, -1, (int)i);
		syscall(SYS_lseek, -1, i, SEEK_CUR);
		syscall(SYS_getpriority, 100, (int)i);
		if (i % 64 == 0) {
			char *absent = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

			syscall(SYS_write, -1, absent, i);
			munmap(absent, 4096);
		}
	}
}

int main(int count, char **arguments)
{
	if (count == 3 && !strcmp(arguments[1], "mixed")) {
		mixed(atol(arguments[2]));
		return 0;
	}
	if (count == 3 && !strcmp(arguments[1], "loop")) {
		for (long n = atol(arguments[2]); n > 0; n--)
			syscall(SYS_getppid);
		return 0;
	}
	if (count == 3 && !strcmp(arguments[1], "family")) {
		output = open(arguments[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
		family();
		return 0;
	}
	if (count > 2 && !strcmp(arguments[1], "told"))
		return told(atoi(arguments[2]));
	if (count < 4)
		return 2;
	output = open(arguments[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (!strcmp(arguments[1], "decoded")) {
		decoded(arguments[3]);
	} else {
		FILE *input = fopen(arguments[3], "r");

		if (!input)
			return 3;
		generic(input);
	}
	return 0;
}
