"""The words of the server-made pages, both languages side by side."""

from feiyu.base.text import Text

product = Text("飞鱼 国际数据港", "Feiyu international data port")
demo = Text("演示模式：密钥与凭证仅供演示，不具有法律效力。",
            "Demo mode: keys and receipts are for demonstration, without legal effect.")  # fmt: skip
other_language = Text("English", "中文")
console = Text("控制台", "Console")
printed = Text("本页供阅读和打印；以凭证文件的核验结果为准。",
               "This page is for reading and printing; what counts is the verification of the receipt file.")  # fmt: skip

verify_title = Text("验证存证凭证", "Verify a receipt")
verify_lead = Text(
    "提交凭证文件，即可核验其是否完整、是否可信。无需登录，也无需 JavaScript。文件只用于本次核验，不作保存。",
    "Hand in a receipt to learn whether it is intact and to be trusted. No account and no JavaScript are needed. "
    "The files serve this one check and are not kept.",
)
receipt_file = Text("凭证文件", "Receipt")
receipt_hint = Text("后缀为 .receipt.json，必选。", "Ends in .receipt.json; needed.")
trust_file = Text("信任文件", "Trust file")
trust_hint = Text(
    "须从凭证以外的渠道取得。未提供时只能得出“完整但不可信”。",
    "Obtain it apart from the receipt. Without it the best answer is “intact, not trusted”.",
)
manifest_file = Text("传输清单", "Manifest")
manifest_hint = Text("可选；凭证内已含清单时不必提交。", "Optional; not needed when the receipt holds it.")
submit = Text("验证", "Verify")
again = Text("再验证一份", "Verify another")
offline_link = Text("不愿上传文件的，可在浏览器内离线验证（需要 JavaScript）",
                    "If you would rather not upload, verify inside the browser (needs JavaScript)")  # fmt: skip
command_line = Text("也可在自己的计算机上验证：", "Or verify on your own computer:")

outcome = {
    "trusted": Text("可信", "Trusted"),
    "intact-not-trusted": Text("完整但不可信", "Intact, not trusted"),
    "broken": Text("已损坏", "Broken"),
}
outcome_means = {
    "trusted": Text("凭证完整，且由信任文件中的日志、见证节点和密钥证实。",
                    "The receipt is intact, and the log, witnesses and keys of the trust file bear it out."),
    "intact-not-trusted": Text("内容自洽，但信任文件未能证实，或未提供信任文件。",
                               "Nothing contradicts, but no trust file bears it out."),
    "broken": Text("凭证或所附材料被改动。", "The receipt, or what came with it, was altered."),
}  # fmt: skip
no_form = Text("这不是存证凭证，或其格式已被改动。", "This is no receipt, or its form was altered.")
mark = {"trusted": "✓", "intact-not-trusted": "?", "broken": "✗"}
state = {
    "passed": Text("通过", "Passed"),
    "failed": Text("失败", "Failed"),
    "doubtful": Text("存疑", "In doubt"),
    "skipped": Text("未检查", "Not checked"),
}
state_mark = {"passed": "✓", "failed": "✗", "doubtful": "?", "skipped": "–"}
where = Text("位置", "Where")
reasons = Text("原因", "Reasons")
steps = Text("核验步骤", "Steps")
step = Text("步骤", "Step")
result = Text("结果", "Result")
proves = Text("证明了什么", "What it proves")
not_proven = Text("没有证明什么", "What it does not prove")
facts = Text("凭证所载事项", "What the receipt states")
is_demo = Text("这是演示凭证。", "This is a demonstration receipt.")
digest = Text("凭证文件摘要（SHA-256）", "Digest of the receipt file (SHA-256)")
checked_at = Text("核验时间", "Checked at")

no_receipt = Text("请选择凭证文件。", "Choose the receipt file.")
bad_trust = Text(
    "信任文件无法使用，对凭证未作任何判断。",
    "The trust file cannot be used; nothing is said about the receipt.",
)

refused = Text("无法处理", "This could not be done")
code = Text("错误代码", "Code")
back = Text("返回", "Back")
trace = Text("追踪编号", "Trace")

offline_title = Text("在浏览器内离线验证", "Verify in the browser")
offline_lead = Text(
    "文件由本页在您的浏览器内核验，不上传到任何地方。可将本页另存后在断网的计算机上使用。",
    "This page checks the files inside your browser; they go nowhere. Save the page to use it on a computer without network.",
)
offline_needs = Text("此页需要 JavaScript；不启用时请使用上传验证页面。",
                     "This page needs JavaScript; without it, use the page that uploads.")  # fmt: skip
offline_limits = Text(
    "本页核验承诺值、日志包含关系、日志与见证节点签名，以及 SM3 孪生树中的位置（不能验证其 SM2 签名）；各方对事件和传输清单的签名请用上传验证页面或命令行核验。",
    "This page checks commitment, inclusion, the signatures of log and witnesses, and the place in an SM3 twin (its SM2 signature it cannot); signatures of parties over event and "
    "manifest are checked by the page that uploads and by the command line.",
)

receipt_title = Text("存证凭证", "Receipt")
event = Text("事件", "Event")
happened = Text("发生时间", "At")
party = Text("主体", "Party")
log_index = Text("日志序号", "Log index")
log_origin = Text("存证日志", "Evidence log")
checkpoint = Text("检查点与签名", "Checkpoint and signatures")
twin_checkpoint = Text("SM3 孪生树的检查点与签名", "Checkpoint and signatures of the SM3 twin")
entry = Text("公开日志条目", "Public log entry")
refers_to = Text("相关记录", "Refers to")
states = Text("所载事项", "States")
verify_at = Text("验证地址", "Verify at")
download = Text("下载凭证文件", "Download the receipt file")
not_proven_yet = Text("该事件尚未进入经见证的检查点，凭证稍后可用。",
                      "No witnessed checkpoint holds the event yet; its receipt comes shortly.")  # fmt: skip
yes = Text("是", "Yes")
no = Text("否", "No")

guide_title = Text("我该走哪条路", "Which way must I go")
guide_lead = Text(
    "逐题回答，即可知道一项数据出境应走的路径、义务与条文依据。无需登录，也无需 JavaScript；答案只在网址中，不作保存。",
    "Answer one question at a time to learn the pathway of an export of data, its duties and the articles behind them. No account "
    "and no JavaScript are needed; the answers stand in the address only and are not kept.",
)
guide_unknown = Text("不清楚", "Not known")
guide_answer = {
    "count": Text("人数", "Number of persons"), "hundredths": Text("百分之一", "Hundredths"),
    "word": Text("回答", "Answer"), "date": Text("日期", "Date"),
}  # fmt: skip
guide_empty = Text("留空表示不清楚；人数可写作 120,000 或 12万。",
                   "Leave it empty when not known; a count is written 120,000.")  # fmt: skip
guide_next = Text("下一题", "Next")
guide_options = Text("可选：", "Choice: ")
guide_missing = Text("仍须查明", "Still to be found out")
guide_duties = Text("义务", "Duties")
guide_grounds = Text("若能证明以下条件，可能适用豁免", "An exemption may fit, if you can show")
guide_notes = Text("注意", "Notes")
guide_cites = Text("条文依据", "Articles")
guide_answered = Text("已回答", "Your answers")
guide_change = Text("修改", "change")
guide_again = Text("重新开始", "Start again")
guide_closing = Text("这是规则库给出的判断，不是行政决定，也不构成法律意见。",
                     "This is what the rulebook answers. It is no administrative decision and no legal advice.")  # fmt: skip
