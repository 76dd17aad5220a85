/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the kernel keeps at different places, or in different shapes, from version to version. */
#ifndef SYSCOPE_SHAPES_H
#define SYSCOPE_SHAPES_H

enum { TASK_PID, TASK_TGID, TASK_PGID, TASK_SID };

static __always_inline struct pid *task_pid_of(struct task_struct *task, u32 type)
{
	if (type == TASK_PID)
		return READ(task, thread_pid);
	return READ(task, signal, pids[type]);
}

/* ns since boot */
static __always_inline u64 task_start(struct task_struct *task)
{
	return READ(task, start_boottime);
}

static __always_inline u32 task_loginuid(struct task_struct *task)
{
	return bpf_core_field_exists(task->loginuid) ? READ(task, loginuid.val) : (u32)-1;
}

static __always_inline struct pid_namespace *children_namespace(struct task_struct *task)
{
	return READ(task, nsproxy, pid_ns_for_children);
}

static __always_inline u32 group_at(struct group_info *groups, u32 i)
{
	u32 group = 0;

	read_kernel(&group, sizeof(group), (u8 *)groups + OFFSET_OF(struct group_info, gid) + i * sizeof(group));
	return group;
}

/* Pages in memory and in swap; a count may be below 0 for a moment. */
static __always_inline void memory_counts(struct mm_struct *mm, s64 *rss, s64 *swap)
{
	if (bpf_core_type_exists(struct mm_rss_stat___old)) {
		struct mm_struct___old *old = (void *)mm;

		*rss = READ(old, rss_stat.count[0].counter) + READ(old, rss_stat.count[1].counter) +
		       READ(old, rss_stat.count[3].counter);
		*swap = READ(old, rss_stat.count[2].counter);
	} else {
		*rss = READ(mm, rss_stat[0].count) + READ(mm, rss_stat[1].count) + READ(mm, rss_stat[3].count);
		*swap = READ(mm, rss_stat[2].count);
	}
}

/* Since 6.13 the uppermost bit of a change time's ns says that somebody has looked at it. */
#define CTIME_NSEC 0x7fffffff

/* ns since 1970 */
static __always_inline void inode_times(struct inode *inode, u64 *changed, u64 *modified)
{
	struct inode___middle *middle = (void *)inode;
	struct inode___old *old = (void *)inode;

	if (bpf_core_field_exists(inode->i_ctime_sec)) {
		*changed = READ(inode, i_ctime_sec) * 1000000000 + (READ(inode, i_ctime_nsec) & CTIME_NSEC);
		*modified = READ(inode, i_mtime_sec) * 1000000000 + READ(inode, i_mtime_nsec);
		return;
	}
	if (bpf_core_field_exists(middle->__i_ctime))
		*changed = READ(middle, __i_ctime.tv_sec) * 1000000000 + READ(middle, __i_ctime.tv_nsec);
	else if (bpf_core_field_exists(old->i_ctime))
		*changed = READ(old, i_ctime.tv_sec) * 1000000000 + READ(old, i_ctime.tv_nsec);
	if (bpf_core_field_exists(middle->__i_mtime))
		*modified = READ(middle, __i_mtime.tv_sec) * 1000000000 + READ(middle, __i_mtime.tv_nsec);
	else if (bpf_core_field_exists(old->i_mtime))
		*modified = READ(old, i_mtime.tv_sec) * 1000000000 + READ(old, i_mtime.tv_nsec);
}

/*
 * The overlay's dentry in the upper layer. The overlay's own inode structure begins its private part with it, right behind
 * the general inode (since 4.19), and is not described in the kernel's BTF where overlay is a module: hence the size of the
 * general one.
 */
static __always_inline struct dentry *overlay_upper(struct dentry *dentry, struct inode *inode)
{
	struct dentry *upper = NULL;

	read_kernel(&upper, sizeof(upper), (u8 *)inode + SIZE_OF(struct inode));
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
	struct kernfs_node___old *old = (void *)node;

	if (bpf_core_field_exists(node->__parent))
		return READ(node, __parent);
	return (void *)READ(old, parent);
}

#define CGROUP_KNOWN(controller) bpf_core_enum_value_exists(enum cgroup_subsys_id, controller)
#define CGROUP_NUMBER(controller) bpf_core_enum_value(enum cgroup_subsys_id, controller)

/* Where the addresses of a socket of IPv6 stand. */
static __always_inline const void *socket_ip6_local(struct sock *sk)
{
	return (u8 *)sk + OFFSET_OF(struct sock, __sk_common) + OFFSET_OF(struct sock_common, skc_v6_rcv_saddr);
}

static __always_inline const void *socket_ip6_peer(struct sock *sk)
{
	return (u8 *)sk + OFFSET_OF(struct sock, __sk_common) + OFFSET_OF(struct sock_common, skc_v6_daddr);
}

#endif
