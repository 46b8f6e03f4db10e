UPDATE runs SET outcome = 'interrupted' WHERE outcome = 'running'
