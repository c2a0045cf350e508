import zhenggai.inbox.kinds
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inbox', '0007_exports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='inbox_notice_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='notice',
            name='inbox_notice_target_whole',
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[(zhenggai.inbox.kinds.NoticeKind['ASSIGNED'], zhenggai.inbox.kinds.NoticeKind['ASSIGNED']), (zhenggai.inbox.kinds.NoticeKind['DECLINED'], zhenggai.inbox.kinds.NoticeKind['DECLINED']), (zhenggai.inbox.kinds.NoticeKind['TO_SIGN'], zhenggai.inbox.kinds.NoticeKind['TO_SIGN']), (zhenggai.inbox.kinds.NoticeKind['SENT_BACK'], zhenggai.inbox.kinds.NoticeKind['SENT_BACK']), (zhenggai.inbox.kinds.NoticeKind['CLOSED'], zhenggai.inbox.kinds.NoticeKind['CLOSED']), (zhenggai.inbox.kinds.NoticeKind['PLAN'], zhenggai.inbox.kinds.NoticeKind['PLAN']), (zhenggai.inbox.kinds.NoticeKind['DEADLINE'], zhenggai.inbox.kinds.NoticeKind['DEADLINE']), (zhenggai.inbox.kinds.NoticeKind['SUSPENSION'], zhenggai.inbox.kinds.NoticeKind['SUSPENSION']), (zhenggai.inbox.kinds.NoticeKind['SITUATION'], zhenggai.inbox.kinds.NoticeKind['SITUATION']), (zhenggai.inbox.kinds.NoticeKind['EVIDENCE'], zhenggai.inbox.kinds.NoticeKind['EVIDENCE']), (zhenggai.inbox.kinds.NoticeKind['HANDED_OVER'], zhenggai.inbox.kinds.NoticeKind['HANDED_OVER']), (zhenggai.inbox.kinds.NoticeKind['POST'], zhenggai.inbox.kinds.NoticeKind['POST']), (zhenggai.inbox.kinds.NoticeKind['WARNING'], zhenggai.inbox.kinds.NoticeKind['WARNING']), (zhenggai.inbox.kinds.NoticeKind['REPORT'], zhenggai.inbox.kinds.NoticeKind['REPORT']), (zhenggai.inbox.kinds.NoticeKind['COMMENT'], zhenggai.inbox.kinds.NoticeKind['COMMENT']), (zhenggai.inbox.kinds.NoticeKind['INTAKE'], zhenggai.inbox.kinds.NoticeKind['INTAKE']), (zhenggai.inbox.kinds.NoticeKind['EXPORT'], zhenggai.inbox.kinds.NoticeKind['EXPORT']), (zhenggai.inbox.kinds.NoticeKind['EVALUATION'], zhenggai.inbox.kinds.NoticeKind['EVALUATION']), (zhenggai.inbox.kinds.NoticeKind['DIGEST'], zhenggai.inbox.kinds.NoticeKind['DIGEST'])], max_length=20),
        ),
        migrations.AlterField(
            model_name='notice',
            name='target_kind',
            field=models.CharField(blank=True, choices=[(zhenggai.inbox.kinds.TargetKind['FINDING'], zhenggai.inbox.kinds.TargetKind['FINDING']), (zhenggai.inbox.kinds.TargetKind['PLAN'], zhenggai.inbox.kinds.TargetKind['PLAN']), (zhenggai.inbox.kinds.TargetKind['PERSON'], zhenggai.inbox.kinds.TargetKind['PERSON']), (zhenggai.inbox.kinds.TargetKind['INTAKE'], zhenggai.inbox.kinds.TargetKind['INTAKE']), (zhenggai.inbox.kinds.TargetKind['REPORTS'], zhenggai.inbox.kinds.TargetKind['REPORTS']), (zhenggai.inbox.kinds.TargetKind['INSPECTION'], zhenggai.inbox.kinds.TargetKind['INSPECTION']), (zhenggai.inbox.kinds.TargetKind['EXPORT'], zhenggai.inbox.kinds.TargetKind['EXPORT'])], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['assigned', 'declined', 'to_sign', 'sent_back', 'closed', 'plan', 'deadline', 'suspension', 'situation', 'evidence', 'handed_over', 'post', 'warning', 'report', 'comment', 'intake', 'export', 'evaluation', 'digest'])), name='inbox_notice_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('target_id__isnull', True), ('target_kind', '')), models.Q(('target_id__isnull', False), ('target_kind__in', ['finding', 'plan', 'person', 'intake', 'reports', 'inspection', 'export'])), _connector='OR'), name='inbox_notice_target_whole'),
        ),
    ]
