UPDATE runs SET manifest = $manifest WHERE run_id = $run_id
