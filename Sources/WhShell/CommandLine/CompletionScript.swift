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
      local head files lead path line
      local -a reply=() words=()
      COMPREPLY=()
      mapfile -t reply < <("$1" complete --line "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
      [[ ${#reply[@]} -gt 0 ]] || return 0
      head=${reply[0]}
      files=${head%%$'\t'*} head=${head#*$'\t'}
      lead=${head%%$'\t'*} path=${head#*$'\t'}
      case $files in
        scripts)
          mapfile -t COMPREPLY < <(compgen -f -X '!*.wh' -- "$path"; compgen -d -- "$path")
          [[ ${#COMPREPLY[@]} -gt 0 ]] || mapfile -t COMPREPLY < <(compgen -f -- "$path") ;;
        files) mapfile -t COMPREPLY < <(compgen -f -- "$path") ;;
        folders) mapfile -t COMPREPLY < <(compgen -d -- "$path") ;;
      esac
      if [[ ${#COMPREPLY[@]} -gt 0 ]]; then
        compopt -o filenames 2>/dev/null
        # Where `=` does not begin a word, the word has all that stands before the path.
        [[ $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("${COMPREPLY[@]/#/$lead}")
      fi
      for line in "${reply[@]:1}"; do words+=("${line%%$'\t'*}"); done
      [[ ${#words[@]} -gt 0 ]] || return 0
      [[ ${#words[@]} -gt 1 || ${words[0]} != *= ]] || compopt -o nospace 2>/dev/null
      if [[ $COMP_WORDBREAKS == *=* && ${words[0]} == *=?* ]]; then words=("${words[@]#*=}"); fi
      COMPREPLY+=("${words[@]}")
    }
    complete -F _wh wh

    """#

  private static let zshText = #"""
    #compdef wh
    # Completion of wh for zsh. In ~/.zshrc, after `compinit`:  source <(wh completion zsh)
    _wh() {
      local line head files
      local -a reply plain plainHelp keyed keyedHelp
      reply=("${(@f)$(${(Q)words[1]} complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
      (( $#reply )) || return 1
      head=("${(@ps:\t:)reply[1]}")
      files=$head[1]
      shift reply
      for line in $reply; do
        if [[ ${line%%$'\t'*} == *= ]]; then
          keyed+=("${line%%$'\t'*}") keyedHelp+=("${line/$'\t'/  -- }")
        else
          plain+=("${line%%$'\t'*}") plainHelp+=("${line/$'\t'/  -- }")
        fi
      done
      (( $#plain )) && compadd -l -d plainHelp -a plain
      (( $#keyed )) && compadd -S '' -d keyedHelp -a keyed
      [[ $files == words ]] || compset -P '*='
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
        set -l reply ($words[1] complete $words[2..-1] (commandline -ct) 2>/dev/null)
        test (count $reply) -gt 0; or return
        set -l head (string split \t -- $reply[1])
        switch $head[1]
            case scripts
                string replace -r -- '^' "$head[2]" (__fish_complete_suffix "$head[3]" .wh)
            case files
                string replace -r -- '^' "$head[2]" (__fish_complete_path "$head[3]")
            case folders
                string replace -r -- '^' "$head[2]" (__fish_complete_directories "$head[3]" '')
        end
        test (count $reply) -gt 1; and printf '%s\n' $reply[2..-1]
    end
    complete -c wh -f -k -a '(__wh_complete)'

    """#
}
