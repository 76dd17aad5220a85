/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the kernel keeps at different places, or in different shapes, from version to version. features.tsv says since when. */
#ifndef SYSCOPE_SHAPES_H
#define SYSCOPE_SHAPES_H

enum { TASK_PID, TASK_TGID, TASK_PGID, TASK_SID };

#if !defined(HAS_KERNEL_SIGINFO)
typedef siginfo_t kernel_siginfo_t;
#endif

static __always_inline struct pid *task_pid_of(struct task_struct *task, u32 type)
{
#if defined(HAS_THREAD_PID) && defined(HAS_SIGNAL_PIDS)
	struct signal_struct *signal;

	if (type == TASK_PID)
		return READ(task, thread_pid);
	signal = READ(task, signal);
	switch (type) {
	case TASK_TGID:
		return READ(signal, pids[PIDTYPE_TGID]);
	case TASK_PGID:
		return READ(signal, pids[PIDTYPE_PGID]);
	default:
		return READ(signal, pids[PIDTYPE_SID]);
	}
#else
	switch (type) {
	case TASK_PID:
		return READ(task, pids[PIDTYPE_PID].pid);
	case TASK_TGID:
		return READ(task, group_leader, pids[PIDTYPE_PID].pid);
	case TASK_PGID:
		return READ(task, group_leader, pids[PIDTYPE_PGID].pid);
	default:
		return READ(task, group_leader, pids[PIDTYPE_SID].pid);
	}
#endif
}

/* ns since boot */
static __always_inline u64 task_start(struct task_struct *task)
{
#if defined(HAS_START_BOOTTIME)
	return READ(task, start_boottime);
#else
	return READ(task, real_start_time);
#endif
}

static __always_inline u32 task_loginuid(struct task_struct *task)
{
#if defined(HAS_LOGINUID) && (defined(SYSCOPE_VMLINUX_H) || defined(CONFIG_AUDITSYSCALL))
	return READ(task, loginuid.val);
#else
	return -1;
#endif
}

static __always_inline struct pid_namespace *children_namespace(struct task_struct *task)
{
	return READ(task, nsproxy, pid_ns_for_children);
}

static __always_inline u32 group_at(struct group_info *groups, u32 i)
{
	u32 group = 0;

	helper_read_kernel(&group, sizeof(group), (u8 *)groups + OFFSET_OF(struct group_info, gid) + i * sizeof(group));
	return group;
}

/* Pages in memory and in swap; a count may be below 0 for a moment. */
static __always_inline void memory_counts(struct mm_struct *mm, s64 *rss, s64 *swap)
{
#if defined(HAS_RSS_PER_CPU)
	*rss = READ(mm, rss_stat[MM_FILEPAGES].count) + READ(mm, rss_stat[MM_ANONPAGES].count) +
	       READ(mm, rss_stat[MM_SHMEMPAGES].count);
	*swap = READ(mm, rss_stat[MM_SWAPENTS].count);
#else
	*rss = READ(mm, rss_stat.count[MM_FILEPAGES].counter) + READ(mm, rss_stat.count[MM_ANONPAGES].counter) +
	       READ(mm, rss_stat.count[MM_SHMEMPAGES].counter);
	*swap = READ(mm, rss_stat.count[MM_SWAPENTS].counter);
#endif
}

/* Since 6.13 the uppermost bit of a change time's ns says that somebody has looked at it. */
#define CTIME_NSEC 0x7fffffff
#define NANOS(inode, time) (READ(inode, time.tv_sec) * 1000000000 + READ(inode, time.tv_nsec))

/* ns since 1970 */
static __always_inline void inode_times(struct inode *inode, u64 *changed, u64 *modified)
{
#if defined(HAS_INODE_TIME_PARTS)
	*changed = READ(inode, i_ctime_sec) * 1000000000 + (READ(inode, i_ctime_nsec) & CTIME_NSEC);
	*modified = READ(inode, i_mtime_sec) * 1000000000 + READ(inode, i_mtime_nsec);
#else
#if defined(HAS_INODE_CTIME_HIDDEN)
	*changed = NANOS(inode, __i_ctime);
#else
	*changed = NANOS(inode, i_ctime);
#endif
#if defined(HAS_INODE_MTIME_HIDDEN)
	*modified = NANOS(inode, __i_mtime);
#else
	*modified = NANOS(inode, i_mtime);
#endif
#endif
}

/* The overlay's dentry in the upper layer: behind the general inode its own structure goes on with it (since 4.13). */
static __always_inline struct dentry *overlay_upper(struct dentry *dentry, struct inode *inode)
{
	struct dentry *upper = NULL;

	helper_read_kernel(&upper, sizeof(upper), (u8 *)inode + sizeof(struct inode));
	return upper;
}

static __always_inline struct kernfs_node *cgroup_node(struct cgroup_subsys_state *state)
{
	return READ(state, cgroup, kn);
}

static __always_inline const char *kernfs_text(struct kernfs_node *node)
{
	return READ(node, name);
}

static __always_inline struct kernfs_node *kernfs_above(struct kernfs_node *node)
{
#if defined(HAS_KERNFS_PARENT_HIDDEN)
	return READ(node, __parent);
#else
	return READ(node, parent);
#endif
}

/* Which controllers there are is a matter of the kernel's configuration; -1 for one that is not. */
#if defined(SYSCOPE_VMLINUX_H) ? defined(HAS_CGROUP_CPUSET) : defined(CONFIG_CPUSETS)
#define CPUSET_NUMBER cpuset_cgrp_id
#else
#define CPUSET_NUMBER -1
#endif
#if defined(SYSCOPE_VMLINUX_H) ? defined(HAS_CGROUP_CPU) : defined(CONFIG_CGROUP_SCHED)
#define CPU_NUMBER cpu_cgrp_id
#else
#define CPU_NUMBER -1
#endif
#if defined(SYSCOPE_VMLINUX_H) ? defined(HAS_CGROUP_CPUACCT) : defined(CONFIG_CGROUP_CPUACCT)
#define CPUACCT_NUMBER cpuacct_cgrp_id
#else
#define CPUACCT_NUMBER -1
#endif
#if defined(SYSCOPE_VMLINUX_H) ? defined(HAS_CGROUP_IO) : defined(CONFIG_BLK_CGROUP)
#define IO_NUMBER io_cgrp_id
#else
#define IO_NUMBER -1
#endif
#if defined(SYSCOPE_VMLINUX_H) ? defined(HAS_CGROUP_MEMORY) : defined(CONFIG_MEMCG)
#define MEMORY_NUMBER memory_cgrp_id
#else
#define MEMORY_NUMBER -1
#endif

/*
 * The two bits have no address. They follow the flags, and since 5.16 the state of a core dump that stands in between.
 */
#if defined(HAS_CORE_STATE_IN_SIGNAL)
#define SUBREAPER_BITS (OFFSET_OF(struct signal_struct, core_state) + sizeof(void *))
#else
#define SUBREAPER_BITS (OFFSET_OF(struct signal_struct, flags) + sizeof(u32))
#endif

static __always_inline u32 subreaper_bits(struct signal_struct *signal)
{
	u32 bits = 0;

	helper_read_kernel(&bits, sizeof(bits), (u8 *)signal + SUBREAPER_BITS);
	return bits;
}

#define SUBREAPER_is_child_subreaper 1
#define SUBREAPER_has_child_subreaper 2
#define READ_BITS(signal, field) (subreaper_bits(signal) & SUBREAPER_##field)

/* Where the addresses of a socket of IPv6 stand; without IPv6 there is no such socket. */
#if defined(SYSCOPE_VMLINUX_H) || defined(CONFIG_IPV6) || defined(CONFIG_IPV6_MODULE)
static __always_inline const void *socket_ip6_local(struct sock *sk)
{
	return (u8 *)sk + OFFSET_OF(struct sock, __sk_common.skc_v6_rcv_saddr);
}

static __always_inline const void *socket_ip6_peer(struct sock *sk)
{
	return (u8 *)sk + OFFSET_OF(struct sock, __sk_common.skc_v6_daddr);
}
#else
static __always_inline const void *socket_ip6_local(struct sock *sk)
{
	return NULL;
}

static __always_inline const void *socket_ip6_peer(struct sock *sk)
{
	return NULL;
}
#endif

#endif
