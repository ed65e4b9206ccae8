/* completion - what a shell needs to complete our words, from the tables of commands and options. */
#include <ctype.h>
#include <string.h>
#include "command.h"

/* Calls `each` with every word of "a|b|c" that is one, which a form of the arguments begins with: of
 * "make | list [FILE]" make and list, of "FILE a|b" none. Returns how many. */
static unsigned each_choice(const char *arguments, void (*each)(const char *word, size_t len))
{
	unsigned n = 0;
	for (const char *at = arguments; at; at = strchr(at, '|')) {
		at += strspn(at, "| ");
		const size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyz-");
		if (!len || (at[len] && !strchr("| ", at[len])))
			return n;
		/* one word alone is an argument's first form, not a choice */
		if (!strchr(arguments, '|'))
			return 0;
		if (each)
			each(at, len);
		n++;
	}
	return n;
}

/* The first words that a command takes; that of help are the commands. */
static unsigned each_word(const struct command *command, void (*each)(const char *word, size_t len))
{
	if (strcmp(command->arguments, "[COMMAND]") != 0)
		return each_choice(command->arguments, each);
	for (unsigned i = 0; i < n_commands && each; i++)
		each(commands[i].name, strlen(commands[i].name));
	return n_commands;
}

static void print_word(const char *word, size_t len)
{
	printf(" %.*s", (int)len, word);
}

static bool is_file(const struct option_row *option)
{
	static const char *const files[] = { "FILE", "FILE.docx", "DIR", "LIST", "KEY", "R|FILE" };
	for (size_t i = 0; option->argument && i < sizeof(files) / sizeof(files[0]); i++)
		if (strcmp(option->argument, files[i]) == 0)
			return true;
	return false;
}

/* Text within '...' of a shell; `also` gets a backslash where the shell's own words need it. */
static void print_quoted(const char *text, const char *also)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", stdout);
		else
			printf("%s%c", strchr(also, *text) ? "\\" : "", *text);
	}
}

/* ---- bash ---- */

static void print_bash_cases(void)
{
	printf("\tcase $before in\n");
	for (unsigned i = 0; i < n_option_rows; i++) {
		const struct option_row *option = &option_rows[i];
		if (!option->argument)
			continue;
		printf("\t%s) ", option->name);
		if (each_choice(option->argument, NULL)) {
			printf("COMPREPLY=($(compgen -W \"");
			each_choice(option->argument, print_word);
			printf("\" -- \"$word\")); return ;;\n");
		} else {
			printf(is_file(option) ? "return ;;\n" : "compopt +o default; return ;;\n");
		}
	}
	printf("\tesac\n");
}

static void print_bash(void)
{
	printf("# bash completion of lingtan; made by: lingtan completion bash\n"
	       "_lingtan()\n{\n"
	       "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i\n"
	       "\tCOMPREPLY=()\n");
	print_bash_cases();
	printf("\tif [[ $word == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W \"");
	for (unsigned i = 0; i < n_option_rows; i++)
		print_word(option_rows[i].name, strlen(option_rows[i].name));
	printf("\" -- \"$word\"))\n\t\treturn\n\tfi\n"
	       "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	       "\t\t[[ ${COMP_WORDS[i]} == -* ]] || { command=${COMP_WORDS[i]}; break; }\n"
	       "\tdone\n"
	       "\tif [[ -z $command ]]; then\n\t\tCOMPREPLY=($(compgen -W \"");
	for (unsigned i = 0; i < n_commands; i++)
		print_word(commands[i].name, strlen(commands[i].name));
	printf("\" -- \"$word\") $(compgen -f -X '!*.lingtan' -- \"$word\"))\n\t\treturn\n\tfi\n"
	       "\t((i == COMP_CWORD - 1)) || return\n\tcase $command in\n");
	for (unsigned i = 0; i < n_commands; i++) {
		if (!each_word(&commands[i], NULL))
			continue;
		printf("\t%s) COMPREPLY=($(compgen -W \"", commands[i].name);
		each_word(&commands[i], print_word);
		printf("\" -- \"$word\")) ;;\n");
	}
	printf("\tesac\n}\ncomplete -o default -F _lingtan lingtan\n");
}

/* ---- zsh ---- */

static void print_zsh(const struct invocation *in)
{
	printf("#compdef lingtan\n# zsh completion of lingtan; made by: lingtan completion zsh\n\n"
	       "_lingtan() {\n\tlocal -a words_of\n\tlocal state line\n\twords_of=(\n");
	for (unsigned i = 0; i < n_commands; i++) {
		printf("\t\t'%s:", commands[i].name);
		print_quoted(label_text(in, &commands[i].help), ":\\");
		printf("'\n");
	}
	printf("\t)\n\t_arguments -S");
	for (unsigned i = 0; i < n_option_rows; i++) {
		const struct option_row *option = &option_rows[i];
		if (!option->help.zh)
			continue;
		printf(" \\\n\t\t'%s[", option->name);
		print_quoted(label_text(in, &option->help), "[]:\\");
		printf("]");
		if (option->argument) {
			printf(":");
			print_quoted(option->argument, ":\\");
			printf(":");
			if (each_choice(option->argument, NULL)) {
				printf("(");
				each_choice(option->argument, print_word);
				printf(")");
			} else if (is_file(option)) {
				printf("_files");
			}
		}
		printf("'");
	}
	printf(" \\\n\t\t'1: :->command' '2: :->choice' '*:file:_files'\n"
	       "\tcase $state in\n\tcommand)\n\t\t_describe -t commands command words_of\n"
	       "\t\t_files -g '*.lingtan' ;;\n\tchoice)\n\t\tcase $line[1] in\n");
	for (unsigned i = 0; i < n_commands; i++) {
		if (!each_word(&commands[i], NULL))
			continue;
		printf("\t\t%s) compadd --", commands[i].name);
		each_word(&commands[i], print_word);
		printf(" ;;\n");
	}
	printf("\t\t*) _files ;;\n\t\tesac ;;\n\tesac\n}\n\n"
	       "if [[ $funcstack[1] == _lingtan ]]; then\n\t_lingtan \"$@\"\nelse\n\tcompdef _lingtan lingtan\nfi\n");
}

/* ---- fish ---- */

static void print_fish(const struct invocation *in)
{
	printf("# fish completion of lingtan; made by: lingtan completion fish\n");
	for (unsigned i = 0; i < n_commands; i++) {
		printf("complete -c lingtan -n __fish_use_subcommand -a %s -d '", commands[i].name);
		print_quoted(label_text(in, &commands[i].help), "\\");
		printf("'\n");
		if (!each_word(&commands[i], NULL))
			continue;
		printf("complete -c lingtan -n '__fish_seen_subcommand_from %s' -a '", commands[i].name);
		each_word(&commands[i], print_word);
		printf("'\n");
	}
	for (unsigned i = 0; i < n_option_rows; i++) {
		const struct option_row *option = &option_rows[i];
		const bool is_long = option->name[1] == '-';
		if (!option->help.zh)
			continue;
		printf("complete -c lingtan -%s %s", is_long ? "l" : "s", option->name + 1 + is_long);
		if (option->argument && each_choice(option->argument, NULL)) {
			printf(" -x -a '");
			each_choice(option->argument, print_word);
			printf("'");
		} else if (option->argument) {
			printf(is_file(option) ? " -r -F" : " -x");
		}
		printf(" -d '");
		print_quoted(label_text(in, &option->help), "\\");
		printf("'\n");
	}
}

enum lt_status command_completion(struct invocation *in)
{
	if (strcmp(in->words[0], "bash") == 0)
		print_bash();
	else if (strcmp(in->words[0], "zsh") == 0)
		print_zsh(in);
	else if (strcmp(in->words[0], "fish") == 0)
		print_fish(in);
	else
		return lt_err_set(&in->err, LT_EUSAGE, "补全脚本有 bash、zsh 和 fish 的，没有“%s”的",
				  "completions are there for bash, zsh and fish, not for '%s'",
				  in->words[0]);
	return LT_OK;
}
