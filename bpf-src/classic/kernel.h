/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The kernel's structures: from the headers that it was built with, or from all its types in one file (vmlinux.h). */
#ifndef SYSCOPE_KERNEL_H
#define SYSCOPE_KERNEL_H

#include "configuration.h"

/* What is wrong with these headers, seen by this compiler, is not ours to mend. */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"

#if defined(SYSCOPE_VMLINUX_H)

/* Names in it that the shared code gives to other things. */
#define param kernels_param
#include "vmlinux.h"
#undef param

#define __always_inline inline __attribute__((always_inline))
#define NULL ((void *)0)
#define BPF_ANY 0
#define THREAD_SIZE 16384

#else

#include <linux/version.h>
#include <uapi/linux/bpf.h>
#include <linux/types.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/binfmts.h>
#include <linux/cgroup-defs.h>
#include <linux/cred.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/kernfs.h>
#include <linux/mm_types.h>
#include <linux/mount.h>
#include <linux/nsproxy.h>
#include <linux/pid_namespace.h>
#include <linux/tty.h>
#include <linux/tty_driver.h>
#include <net/af_unix.h>
#include <net/inet_sock.h>
#include <net/sock.h>

/* The beginning of fs/mount.h, which is in no package. */
struct mount {
	struct hlist_node mnt_hash;
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

#if defined(HAS_IO_REQUEST)
#include "io_uring_types.h"
#endif

#endif

#pragma clang diagnostic pop

#endif
