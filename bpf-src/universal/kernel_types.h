/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The kernel's structures, reduced to the fields that are read here. The loader finds the real offsets in the BTF of
 * the running kernel (CO-RE); the order and the size of what stands here mean nothing. A name with three underscores
 * is the shape that a structure had, or got, in other versions.
 */
#ifndef SYSCOPE_KERNEL_TYPES_H
#define SYSCOPE_KERNEL_TYPES_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;
typedef u8 __u8;
typedef u16 __u16;
typedef u32 __u32;
typedef u64 __u64;
typedef s16 __s16;
typedef s32 __s32;
typedef s64 __s64;
typedef u16 __be16;
typedef u32 __be32;
typedef u32 __wsum;
typedef _Bool bool;
#define true 1
#define false 0
#define NULL ((void *)0)

/* Numbers of the kernel's user interface: they do not change. */
enum bpf_map_type {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PROG_ARRAY = 3,
	BPF_MAP_TYPE_ARRAY_OF_MAPS = 12,
	BPF_MAP_TYPE_RINGBUF = 27,
};
#define BPF_ANY 0
#define BPF_NOEXIST 1
#define BPF_F_MMAPABLE (1U << 10)

#define PRESERVE __attribute__((preserve_access_index))

struct list_head {
	struct list_head *next;
} PRESERVE;

typedef struct {
	s32 counter;
} atomic_t;

typedef struct {
	s64 counter;
} atomic_long_t;

typedef struct {
	u32 val;
} kuid_t;

typedef struct {
	u32 val;
} kgid_t;

#if defined(__TARGET_ARCH_x86)
struct pt_regs {
	unsigned long r10, r9, r8, bp, bx, cx, dx, si, di, orig_ax, ip;
} PRESERVE;

struct thread_info {
	u32 status;
} PRESERVE;
#elif defined(__TARGET_ARCH_arm64)
struct pt_regs {
	u64 regs[31];
	u64 pc, pstate, orig_x0;
	s32 syscallno;
} PRESERVE;

struct thread_info {
	unsigned long flags;
} PRESERVE;
#else
#error "unknown architecture: define __TARGET_ARCH_x86 or __TARGET_ARCH_arm64"
#endif

struct pid_namespace {
	struct task_struct *child_reaper;
	u32 level;
} PRESERVE;

struct upid {
	int nr;
	struct pid_namespace *ns;
} PRESERVE;

struct pid {
	u32 level;
	struct upid numbers[1];
} PRESERVE;

struct tty_driver {
	int major, minor_start;
} PRESERVE;

struct tty_struct {
	int index;
	struct tty_driver *driver;
} PRESERVE;

struct rlimit {
	unsigned long rlim_cur, rlim_max;
} PRESERVE;

struct signal_struct {
	atomic_t live;
	struct list_head thread_head;
	u32 is_child_subreaper : 1;
	u32 has_child_subreaper : 1;
	struct pid *pids[4];
	struct tty_struct *tty;
	struct rlimit rlim[16];
} PRESERVE;

typedef struct {
	u64 val;
} kernel_cap_t;

/* before 6.3 */
struct kernel_cap_struct___old {
	u32 cap[2];
} PRESERVE;

struct group_info {
	int ngroups;
	kgid_t gid[1];
} PRESERVE;

struct cred {
	kuid_t uid, euid, fsuid;
	kgid_t gid, egid, fsgid;
	kernel_cap_t cap_inheritable, cap_permitted, cap_effective;
	struct group_info *group_info;
} PRESERVE;

struct percpu_counter {
	s64 count;
} PRESERVE;

struct mm_struct {
	unsigned long total_vm;
	unsigned long arg_start, arg_end, env_start, env_end;
	struct percpu_counter rss_stat[4];
	struct file *exe_file;
} PRESERVE;

/* before 6.2 */
struct mm_rss_stat___old {
	atomic_long_t count[4];
} PRESERVE;

struct mm_struct___old {
	struct mm_rss_stat___old rss_stat;
} PRESERVE;

struct kernfs_node {
	struct kernfs_node *__parent;
	const char *name;
} PRESERVE;

/* before 6.15 */
struct kernfs_node___old {
	struct kernfs_node *parent;
} PRESERVE;

struct cgroup {
	struct kernfs_node *kn;
} PRESERVE;

struct cgroup_subsys_state {
	struct cgroup *cgroup;
} PRESERVE;

struct css_set {
	struct cgroup_subsys_state *subsys[16];
} PRESERVE;

/* The numbers depend on the kernel's configuration and are relocated. */
enum cgroup_subsys_id {
	cpuset_cgrp_id,
	cpu_cgrp_id,
	cpuacct_cgrp_id,
	io_cgrp_id,
	memory_cgrp_id,
};

struct files_struct {
	struct fdtable *fdt;
} PRESERVE;

struct fdtable {
	u32 max_fds;
	struct file **fd;
} PRESERVE;

struct nsproxy {
	struct pid_namespace *pid_ns_for_children;
} PRESERVE;

struct task_struct {
	struct thread_info thread_info;
	u32 flags;
	int exit_code;
	s32 pid, tgid;
	struct task_struct *real_parent, *group_leader;
	struct list_head children, thread_node;
	struct pid *thread_pid;
	u64 start_boottime;
	unsigned long min_flt, maj_flt;
	const struct cred *real_cred, *cred;
	char comm[16];
	struct files_struct *files;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	struct mm_struct *mm;
	kuid_t loginuid;
	struct css_set *cgroups;
} PRESERVE;

struct super_block {
	u32 s_dev;
	unsigned long s_flags, s_magic;
} PRESERVE;

struct timespec64 {
	s64 tv_sec;
	long tv_nsec;
} PRESERVE;

/* since 6.11 */
struct inode {
	u16 i_mode;
	u32 i_nlink;
	kuid_t i_uid;
	kgid_t i_gid;
	u32 i_flags;
	struct super_block *i_sb;
	unsigned long i_ino;
	s64 i_mtime_sec, i_ctime_sec;
	u32 i_mtime_nsec, i_ctime_nsec;
	struct pipe_inode_info *i_pipe;
} PRESERVE;

/* up to 6.5 */
struct inode___old {
	struct timespec64 i_mtime, i_ctime;
} PRESERVE;

/* 6.6 to 6.10 */
struct inode___middle {
	struct timespec64 __i_mtime, __i_ctime;
} PRESERVE;

struct qstr {
	u32 len;
	const unsigned char *name;
} PRESERVE;

struct dentry {
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
	void *d_fsdata;
} PRESERVE;

struct vfsmount {
	struct dentry *mnt_root;
} PRESERVE;

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
} PRESERVE;

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
} PRESERVE;

struct file {
	u32 f_mode;
	u32 f_flags;
	void *private_data;
	struct inode *f_inode;
	struct path f_path;
} PRESERVE;

struct linux_binprm {
	const char *filename;
} PRESERVE;

struct socket {
	struct sock *sk;
} PRESERVE;

struct in6_addr {
	u8 bytes[16];
};

struct sock_common {
	u32 skc_daddr, skc_rcv_saddr;
	u16 skc_dport, skc_num;
	u16 skc_family;
	u8 skc_state;
	struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
} PRESERVE;

struct sock {
	struct sock_common __sk_common;
	u16 sk_protocol, sk_type;
	u32 sk_ack_backlog, sk_max_ack_backlog;
} PRESERVE;

struct ipv6_pinfo {
	struct in6_addr saddr;
} PRESERVE;

struct inet_sock {
	struct ipv6_pinfo *pinet6;
	u32 inet_saddr;
	u16 inet_sport;
} PRESERVE;

struct sockaddr_un {
	u16 sun_family;
	char sun_path[108];
} PRESERVE;

struct unix_address {
	int len;
	struct sockaddr_un name[1];
} PRESERVE;

struct unix_sock {
	struct unix_address *addr;
	struct sock *peer;
} PRESERVE;

union __sifields {
	struct {
		s32 _pid;
	} _kill;
} PRESERVE;

typedef struct kernel_siginfo {
	int si_signo, si_errno, si_code;
	union __sifields _sifields;
} PRESERVE kernel_siginfo_t;

/* since 5.18 */
struct io_cqe {
	u64 user_data;
	s32 res;
	s32 fd;
} PRESERVE;

struct io_kiocb {
	u8 opcode;
	u32 flags;
	struct io_cqe cqe;
} PRESERVE;

struct kiocb {
	s64 ki_pos;
} PRESERVE;

/* What a request of the read and write operations begins with. */
struct io_rw {
	struct kiocb kiocb;
	u32 len;
} PRESERVE;

struct io_sr_msg {
	int len;
} PRESERVE;

/* Of these, a slot is one more than an index of the ring's registered files; 0 where the file gets a descriptor. */
struct io_close {
	int fd;
	u32 file_slot;
} PRESERVE;

struct io_open {
	u32 file_slot;
} PRESERVE;

struct io_accept {
	u32 file_slot;
} PRESERVE;

struct io_socket {
	u32 file_slot;
} PRESERVE;

/* Only its existence is asked for. */
enum bpf_func_id {
	BPF_FUNC_get_current_task_btf = 158,
};

#endif
