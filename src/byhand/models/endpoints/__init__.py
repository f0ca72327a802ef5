"""Models elsewhere, behind the same agent: chat endpoints, and the computer tools of OpenAI and Anthropic.

address     where one listens, and what kind it is: `openai:NAME`
posting     one request: its patience, its tries, its end
telling     what a model is told, as text: goal, list, what was done
chat        answers in one of our acts
pointing    answers by a place in a picture, and the element that lies there
computers   the computer tools' wires
asking      whoever decides by asking there

Rules of this room: it speaks to the one address that a person named, only while something is asked, and tells whoever
composes it before each try, which can refuse it. What it is given was let through by the guard; it adds nothing to it.
No message quotes what was sent or answered, and none has the key.
"""
