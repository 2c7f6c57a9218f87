/// A shell, and the script that teaches it to complete the command line.
///
/// Each script asks `wh complete` for what fits, and looks for files by its own means, which know how to quote names.
package enum CompletionScript: String, CaseIterable, Sendable {
  case bash, zsh, fish

  package var text: String {
    switch self {
    case .bash: Self.bashText
    case .zsh: Self.zshText
    case .fish: Self.fishText
    }
  }

  private static let bashText = #"""
    # Completion of wh for bash 4 and later. In ~/.bashrc:  source <(wh completion bash)
    _wh() {
      local head files lead path cut line
      local -a reply=() words=()
      COMPREPLY=()
      mapfile -t reply < <("$1" complete --line "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
      [[ ${#reply[@]} -gt 0 ]] || return 0
      head=${reply[0]}
      files=${head%%$'\t'*} head=${head#*$'\t'}
      lead=${head%%$'\t'*} path=${head#*$'\t'}
      # What of the word bash leaves as it is: outside of quotes a `=` and a `:` begin another one.
      cut=$lead$path
      if [[ -z $2 || $cut == *"$2" ]]; then cut=${cut%"$2"}; else cut=${lead%"${lead##*[=:]}"}; fi
      [[ -n $cut && $COMP_WORDBREAKS == *"${cut: -1}"* ]] || cut=
      case $files in
        scripts)
          mapfile -t COMPREPLY < <(compgen -f -X '!*.wh' -- "$path"; compgen -d -- "$path")
          [[ ${#COMPREPLY[@]} -gt 0 ]] || mapfile -t COMPREPLY < <(compgen -f -- "$path") ;;
        files) mapfile -t COMPREPLY < <(compgen -f -- "$path") ;;
        folders) mapfile -t COMPREPLY < <(compgen -d -- "$path") ;;
      esac
      if [[ ${#COMPREPLY[@]} -gt 0 ]]; then
        compopt -o filenames 2>/dev/null
        COMPREPLY=("${COMPREPLY[@]/#/$lead}")
        COMPREPLY=("${COMPREPLY[@]#"$cut"}")
      fi
      for line in "${reply[@]:1}"; do words+=("${line%%$'\t'*}"); done
      [[ ${#words[@]} -gt 0 ]] || return 0
      if [[ $files == statements || ( ${#words[@]} -eq 1 && ${words[0]} == *= ) ]]; then compopt -o nospace 2>/dev/null; fi
      for line in "${words[@]}"; do
        line=${line#"$cut"}
        # Of more than a word, what is not in quotes needs them.
        [[ $line == *[^[:alnum:]_=:,./@%+-]* && ${COMP_WORDS[COMP_CWORD]} != [\'\"]* ]] && printf -v line %q "$line"
        COMPREPLY+=("$line")
      done
    }
    complete -F _wh wh

    """#

  private static let zshText = #"""
    #compdef wh
    # Completion of wh for zsh. In ~/.zshrc, after `compinit`:  source <(wh completion zsh)
    _wh() {
      local line files lead
      local -a reply head plain plainHelp open openHelp
      reply=("${(@f)$(${(Q)words[1]} complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
      [[ -n $reply[1] ]] || return 1
      head=("${(@ps:\t:)reply[1]}")
      files=$head[1] lead=$head[2]
      shift reply
      for line in $reply; do
        # After these more of the word follows.
        if [[ $files == statements || ${line%%$'\t'*} == *= ]]; then
          open+=("${line%%$'\t'*}") openHelp+=("${line/$'\t'/  -- }")
        else
          plain+=("${line%%$'\t'*}") plainHelp+=("${line/$'\t'/  -- }")
        fi
      done
      (( $#plain )) && compadd -l -d plainHelp -a plain
      (( $#open )) && compadd -l -S '' -d openHelp -a open
      [[ -z $lead ]] || compset -p $#lead
      case $files in
        scripts) _files -g '*.wh(-.)' || _files ;;
        files) _files ;;
        folders) _files -/ ;;
      esac
    }
    if [[ $funcstack[1] == _wh ]]; then _wh "$@"; else compdef _wh wh; fi

    """#

  private static let fishText = #"""
    # Completion of wh for fish. In a session:  wh completion fish | source
    # For all: wh completion fish > ~/.config/fish/completions/wh.fish
    function __wh_complete
        set -l words (commandline -opc)
        set -l typed (commandline -ct | string collect)
        # The word as wh is to have it: without its quotes.
        set -l word $typed
        switch $typed
            case "'*" '"*'
                set word (string sub -s 2 -- $typed)
            case '*\\\\*'
                set word (string unescape -- $typed; or echo $typed)
        end
        set -l reply ($words[1] complete $words[2..-1] "$word" 2>/dev/null)
        test (count $reply) -gt 0; or return
        set -l head (string split \t -- $reply[1])
        set -l path $typed
        test -z "$head[2]"; or set path (string sub -s (math 1 + (string length -- $head[2])) -- $typed)
        set -l files
        switch $head[1]
            case scripts
                set files (__fish_complete_suffix "$path" .wh)
            case files
                set files (complete -C "__fish_command_without_completions $path")
            case folders
                set files (__fish_complete_directories "$path" '')
        end
        # Of a word with such a sign, fish also completes what follows it.
        if string match -qr '[=:]' -- $path
            set -l found
            for file in $files
                test -e $file; and set -a found $file
            end
            set files $found
        end
        set -l lead $head[2]
        printf '%s\n' $lead$files
        test (count $reply) -gt 1; and printf '%s\n' $reply[2..-1]
    end
    complete -c wh -f -k -a '(__wh_complete)'

    """#
}
