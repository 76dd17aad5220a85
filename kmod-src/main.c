// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Loads and unloads the module. While a device is open its users hold the module; nothing is hooked before one begins. */
#include <linux/init.h>
#include <linux/module.h>

#include "syscope.h"

static int __init syscope_init(void)
{
	int failed = hooks_find();

	if (failed)
		return failed;
	return devices_make();
}

static void __exit syscope_exit(void)
{
	devices_remove();
	hooks_free();
}

module_init(syscope_init);
module_exit(syscope_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_AUTHOR("syscope");
MODULE_DESCRIPTION("system call events for syscope, through one ring per CPU");
MODULE_VERSION(SYSCOPE_VERSION);
