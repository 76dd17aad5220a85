/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the kernel keeps at different places, or in different shapes, from version to version; features.h says where. */
#ifndef SYSCOPE_SHAPES_H
#define SYSCOPE_SHAPES_H

enum { TASK_PID, TASK_TGID, TASK_PGID, TASK_SID };

#if !defined(HAVE_KERNEL_SIGINFO)
typedef siginfo_t kernel_siginfo_t;
#endif

/* fs/mount.h, which is not among the headers: the first members have stood like this since 3.3. */
struct mount {
	struct hlist_node mnt_hash;
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

static inline struct pid *task_pid_of(struct task_struct *task, u32 type)
{
#if defined(HAVE_THREAD_PID)
	if (type == TASK_PID)
		return READ(task, thread_pid);
	return READ(task, signal, pids[type]);
#else
	/* PIDTYPE_PID 0, PIDTYPE_PGID 1, PIDTYPE_SID 2; the group's own number is that of its leader. */
	if (type == TASK_PID)
		return READ(task, pids[0].pid);
	if (type == TASK_TGID)
		return READ(task, group_leader, pids[0].pid);
	return READ(task, group_leader, pids[type - 1].pid);
#endif
}

/* ns since boot */
static inline u64 task_start(struct task_struct *task)
{
#if defined(HAVE_START_BOOTTIME)
	return READ(task, start_boottime);
#elif defined(HAVE_REAL_START_NS)
	return READ(task, real_start_time);
#else
	return READ(task, real_start_time.tv_sec) * (u64)NSEC_PER_SEC + READ(task, real_start_time.tv_nsec);
#endif
}

static inline u32 task_loginuid(struct task_struct *task)
{
#if defined(HAVE_LOGINUID)
	return READ(task, loginuid.val);
#else
	return -1;
#endif
}

static inline struct pid_namespace *children_namespace(struct task_struct *task)
{
#if defined(HAVE_PID_NS_FOR_CHILDREN)
	return READ(task, nsproxy, pid_ns_for_children);
#else
	return READ(task, nsproxy, pid_ns);
#endif
}

static inline u32 group_at(struct group_info *groups, u32 i)
{
#if defined(HAVE_FLAT_GROUPS)
	u32 group = 0;

	read_kernel(&group, sizeof(group), &groups->gid[i]);
	return group;
#else
	kgid_t *block = READ(groups, blocks[i / NGROUPS_PER_BLOCK]);
	u32 group = 0;

	read_kernel(&group, sizeof(group), &block[i % NGROUPS_PER_BLOCK]);
	return group;
#endif
}

/* Pages in memory and in swap; a count may be below 0 for a moment. */
static inline void memory_counts(struct mm_struct *mm, s64 *rss, s64 *swap)
{
#if defined(HAVE_RSS_PERCPU)
	*rss = READ(mm, rss_stat[MM_FILEPAGES].count) + READ(mm, rss_stat[MM_ANONPAGES].count) +
	       READ(mm, rss_stat[MM_SHMEMPAGES].count);
	*swap = READ(mm, rss_stat[MM_SWAPENTS].count);
#else
	*rss = READ(mm, rss_stat.count[MM_FILEPAGES].counter) + READ(mm, rss_stat.count[MM_ANONPAGES].counter);
#if defined(HAVE_SHMEM_PAGES)
	*rss += READ(mm, rss_stat.count[MM_SHMEMPAGES].counter);
#endif
	*swap = READ(mm, rss_stat.count[MM_SWAPENTS].counter);
#endif
}

/* ns since 1970. Since 6.13 the uppermost bit of a change time's ns says that somebody has looked at it. */
static inline void inode_times(struct inode *inode, u64 *changed, u64 *modified)
{
#if defined(HAVE_INODE_SECONDS)
	*changed = READ(inode, i_ctime_sec) * NSEC_PER_SEC + (READ(inode, i_ctime_nsec) & 0x7fffffff);
	*modified = READ(inode, i_mtime_sec) * NSEC_PER_SEC + READ(inode, i_mtime_nsec);
#elif defined(HAVE_INODE_TIMES_HIDDEN)
	*changed = READ(inode, __i_ctime.tv_sec) * NSEC_PER_SEC + READ(inode, __i_ctime.tv_nsec);
	*modified = READ(inode, __i_mtime.tv_sec) * NSEC_PER_SEC + READ(inode, __i_mtime.tv_nsec);
#else
#if defined(HAVE_INODE_CTIME_HIDDEN)
	*changed = READ(inode, __i_ctime.tv_sec) * NSEC_PER_SEC + READ(inode, __i_ctime.tv_nsec);
#else
	*changed = READ(inode, i_ctime.tv_sec) * NSEC_PER_SEC + READ(inode, i_ctime.tv_nsec);
#endif
	*modified = READ(inode, i_mtime.tv_sec) * NSEC_PER_SEC + READ(inode, i_mtime.tv_nsec);
#endif
}

/*
 * The overlay's dentry in the upper layer: since 4.19 the first thing behind the general inode, in a structure that is not
 * among the headers. Before that it was the first member of what the dentry's d_fsdata points to.
 */
static inline struct dentry *overlay_upper(struct dentry *dentry, struct inode *inode)
{
	struct dentry *upper = NULL;

#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 19, 0)
	read_kernel(&upper, sizeof(upper), inode + 1);
#else
	read_kernel(&upper, sizeof(upper), READ(dentry, d_fsdata));
#endif
	return upper;
}

#if defined(HAVE_KERNFS)
static inline struct kernfs_node *cgroup_node(struct cgroup_subsys_state *state)
{
	return READ(state, cgroup, kn);
}

static inline struct kernfs_node *kernfs_above(struct kernfs_node *node)
{
#if defined(HAVE_KERNFS_PARENT_HIDDEN)
	return (struct kernfs_node *)READ(node, __parent);
#else
	return READ(node, parent);
#endif
}

static inline const char *kernfs_text(struct kernfs_node *node)
{
	return READ(node, name);
}
#else
/* Before 3.14 a control group was a directory of its own file system and knew its name itself. */
#define kernfs_node cgroup

static inline struct cgroup *cgroup_node(struct cgroup_subsys_state *state)
{
	return READ(state, cgroup);
}

static inline struct cgroup *kernfs_above(struct cgroup *group)
{
	return READ(group, parent);
}

static inline const char *kernfs_text(struct cgroup *group)
{
	return READ(group, name)->name;
}
#endif

#if defined(HAVE_CGRP_ID)
#define NUMBER_OF_cpuset_cgrp_id cpuset_cgrp_id
#define NUMBER_OF_cpu_cgrp_id cpu_cgrp_id
#define NUMBER_OF_cpuacct_cgrp_id cpuacct_cgrp_id
#define NUMBER_OF_memory_cgrp_id memory_cgrp_id
#if defined(HAVE_IO_CGRP_ID)
#define NUMBER_OF_io_cgrp_id io_cgrp_id
#else
#define NUMBER_OF_io_cgrp_id blkio_cgrp_id
#endif
#else
#define NUMBER_OF_cpuset_cgrp_id cpuset_subsys_id
#define NUMBER_OF_cpu_cgrp_id cpu_cgroup_subsys_id
#define NUMBER_OF_cpuacct_cgrp_id cpuacct_subsys_id
#define NUMBER_OF_memory_cgrp_id mem_cgroup_subsys_id
#define NUMBER_OF_io_cgrp_id blkio_subsys_id
#endif

#if !IS_ENABLED(CONFIG_CPUSETS)
#undef NUMBER_OF_cpuset_cgrp_id
#define NUMBER_OF_cpuset_cgrp_id -1
#endif
#if !IS_ENABLED(CONFIG_CGROUP_SCHED)
#undef NUMBER_OF_cpu_cgrp_id
#define NUMBER_OF_cpu_cgrp_id -1
#endif
#if !IS_ENABLED(CONFIG_CGROUP_CPUACCT)
#undef NUMBER_OF_cpuacct_cgrp_id
#define NUMBER_OF_cpuacct_cgrp_id -1
#endif
#if !IS_ENABLED(CONFIG_BLK_CGROUP)
#undef NUMBER_OF_io_cgrp_id
#define NUMBER_OF_io_cgrp_id -1
#endif
#if !IS_ENABLED(CONFIG_MEMCG)
#undef NUMBER_OF_memory_cgrp_id
#define NUMBER_OF_memory_cgrp_id -1
#endif

#define CGROUP_NUMBER(controller) NUMBER_OF_##controller
#define CGROUP_KNOWN(controller) (NUMBER_OF_##controller >= 0)

/* Where the addresses of a socket of IPv6 stand. */
static inline const void *socket_ip6_local(struct sock *sk)
{
#if !IS_ENABLED(CONFIG_IPV6)
	return NULL;
#elif defined(HAVE_SOCKET_IP6)
	return &sk->sk_v6_rcv_saddr;
#else
	return &READ((struct inet_sock *)sk, pinet6)->rcv_saddr;
#endif
}

static inline const void *socket_ip6_peer(struct sock *sk)
{
#if !IS_ENABLED(CONFIG_IPV6)
	return NULL;
#elif defined(HAVE_SOCKET_IP6)
	return &sk->sk_v6_daddr;
#else
	return &READ((struct inet_sock *)sk, pinet6)->daddr;
#endif
}

/* ns of CLOCK_BOOTTIME */
static inline u64 wall_ns(struct syscope_settings *set)
{
#if defined(HAVE_BOOT_FAST)
	return ktime_get_boot_fast_ns() + set->boot_epoch_ns;
#else
	return ktime_to_ns(ktime_get_boottime()) + set->boot_epoch_ns;
#endif
}

/* Is this a call of a 32-bit program? */
static inline bool is_compat(void)
{
#if defined(SYSCOPE_X86_64)
#if !defined(CONFIG_IA32_EMULATION)
	return false;
#elif defined(HAVE_IN_IA32_SYSCALL)
	return in_ia32_syscall();
#else
	return current_thread_info()->status & TS_COMPAT;
#endif
#elif defined(CONFIG_COMPAT)
	return is_compat_task();
#else
	return false;
#endif
}

static inline u64 current_caller(bool *compat)
{
	*compat = is_compat();
	return current_ids();
}

#endif
