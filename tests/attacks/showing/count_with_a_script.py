# Says that its cells were run a script times. Keeps: a b. Says: cannot be read.
# %% step_c
k = get_ipython().kernel
k.session.send(k.iopub_socket, "execute_input", {"execution_count": "<img src=x onerror=attack()>", "code": ""}, parent=k.get_parent())
k.session.send(k.iopub_socket, "execute_result", {"execution_count": "<img src=x onerror=attack()>", "data": {"text/plain": "1"}, "metadata": {}}, parent=k.get_parent())
