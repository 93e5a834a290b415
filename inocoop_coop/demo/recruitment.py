"""How people come into the cohorts: applications, choice, activation."""
import base64
import io
from datetime import timedelta
from functools import partial

from reportlab.pdfgen import canvas

from odoo.fields import Command

from .days import THU, TUE, next_worked
from .life import WEEKS_OF_RECRUITMENT
from .people import OTHER_APPLICANTS, WAITING, phone
from .run import Chapter
from .sessions import CLOSING_PROXIES

INTERVIEW_STAGES = ('hr_recruitment.stage_job2', 'hr_recruitment.stage_job3')


def guardian_agreement(person):
    """A sheet with the guardian's agreement, as a PDF in base64."""
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, invariant=1)
    sheet.drawString(72, 760, "Autorisation du représentant légal")
    sheet.drawString(72, 730, f"Je soussigné(e) {person.guardian} autorise {person.name}")
    sheet.drawString(72, 712, "à participer à la coopérative jeunesse de services. Lu et approuvé.")
    sheet.save()
    return base64.b64encode(buffer.getvalue())


class Recruitment(Chapter):
    """Those who were chosen are admitted, then activated on the first day."""

    def admit(self, day):
        """The facilitator opens a file for each of them."""
        env = self.story.on(day, 'facilitator')
        memberships = env['coop.membership'].create([
            self.prepare_membership(env, person, rank) for rank, person in enumerate(self.run.people)])
        self.run.memberships = {
            person.key: membership for person, membership in zip(self.run.people, memberships, strict=True)}

    def prepare_membership(self, env, person, rank):
        return {
            'name': person.name,
            'cohort_id': self.run.cohort.id,
            'birthdate': person.birthdate(self.run.days.start),
            'email': person.address,
            'phone': phone(rank),
            'street': person.street,
            'municipality_id': self.story.municipalities[person.municipality].id,
            'login': person.login,
        }

    def activate(self, day):
        """They become members; the administrator sets the passwords that are known to all."""
        env = self.story.on(day, 'facilitator')
        self.run.cohort.with_env(env).action_activate_members()
        for person in self.run.people:
            user = self.run.memberships[person.key].user_id
            if user:
                self.story.users[person.key] = user
            if user and person.login == person.key:
                self.story.set_password(user, person.login)


class SummerRecruitment(Recruitment):
    """Eight young people of 16 to 18, most of them without a login: the facilitator writes everyone's hours."""

    def events(self):
        admission = next_worked(self.run.days.start - timedelta(days=12))
        yield admission, partial(self.admit, admission)
        yield self.run.days.start, partial(self.activate, self.run.days.start)

    def prepare_membership(self, env, person, rank):
        vals = {**super().prepare_membership(env, person, 100 + rank), 'wants_login': person.key in CLOSING_PROXIES.values()}
        if person.guardian:
            vals['guardian_id'] = env['res.partner'].create({'name': person.guardian, 'street': person.street}).id
            vals['guardian_agreement'] = guardian_agreement(person)
            vals['guardian_agreement_name'] = f"Autorisation {person.guardian}.pdf"
        return vals


class MainRecruitment(Recruitment):
    """Many applied; the steering body kept nine, and one waits for a seat."""

    def events(self):
        opening = self.run.days.start - timedelta(weeks=WEEKS_OF_RECRUITMENT)
        on = partial(self.run.days.on)
        for week in range(4):
            day = next_worked(opening + timedelta(weeks=week, days=2))
            yield day, partial(self.receive, day, week)
        yield on(-3, TUE), partial(self.interview, on(-3, TUE))
        yield on(-2, THU), partial(self.choose, on(-2, THU))
        for name, _email, _week, fate, reason in OTHER_APPLICANTS:
            answer = self.put_on_waiting_list if fate == WAITING else partial(self.refuse, reason=reason)
            yield on(-2, THU), partial(answer, on(-2, THU), name)
        yield on(-2, THU), partial(self.admit, on(-2, THU))
        yield self.run.days.start, partial(self.activate, self.run.days.start)

    @property
    def applicants(self):
        """The applications, by key of a member or by name."""
        return self.__dict__.setdefault('_applicants', {})

    def receive(self, day, week):
        """The applications of that week."""
        people = [
            (person.key, person.name, person.address, phone(rank))
            for rank, person in enumerate(self.run.people) if rank % 4 == week
        ] + [
            (name, name, f'{email}@example.org', phone(50 + rank))
            for rank, (name, email, of_week, _fate, _reason) in enumerate(OTHER_APPLICANTS) if of_week == week
        ]
        applicants = self.story.on(day, 'facilitator')['hr.applicant'].create([{
            'partner_name': name,
            'email_from': email,
            'partner_phone': number,
            'job_id': self.run.cohort.job_id.id,
        } for _key, name, email, number in people])
        self.applicants.update(zip((row[0] for row in people), applicants, strict=True))

    def interview(self, day):
        """All are met, once or twice."""
        env = self.story.on(day, 'facilitator')
        for rank, applicant in enumerate(self.applicants.values()):
            stage = env.ref(INTERVIEW_STAGES[rank % 2], raise_if_not_found=False)
            if stage:
                applicant.with_env(env).stage_id = stage

    def choose(self, day):
        """The steering body's choice is written down: who comes."""
        env = self.story.on(day, 'facilitator')
        hired = env['hr.recruitment.stage'].search([
            ('hired_stage', '=', True), ('job_ids', 'in', [False, *self.run.cohort.job_id.ids])], limit=1)
        for person in self.run.people:
            self.applicants[person.key].with_env(env).write({
                'stage_id': hired.id or False, 'priority': '2', 'date_closed': f'{day} 12:00:00'})

    def put_on_waiting_list(self, day, name):
        """There are as many members as seats: this person comes when one becomes free."""
        stage = self.story.on(day)['hr.recruitment.stage'].create({
            'name': "Liste d'attente", 'sequence': 4, 'job_ids': [Command.set(self.run.cohort.job_id.ids)]})
        self.applicants[name].with_env(self.story.on(day, 'facilitator')).write({
            'stage_id': stage.id, 'priority': '2', 'kanban_state': 'waiting'})

    def refuse(self, day, name, reason):
        """A refusal has its reason; no letter is sent."""
        applicant = self.applicants[name].with_env(self.story.on(day, 'facilitator'))
        reasons = self.story.on(day)['hr.applicant.refuse.reason']
        found = reasons.search([('name', '=', reason)], limit=1) or reasons.create({'name': reason})
        applicant.env['applicant.get.refuse.reason'].create({
            'applicant_ids': applicant.ids, 'refuse_reason_id': found.id, 'send_mail': False,
        }).action_refuse_reason_apply()
        applicant.refuse_date = f'{day} 12:00:00'

    def prepare_membership(self, env, person, rank):
        """The contact of the application; Inès, who was there in the summer, was born on the same day as then."""
        vals = {**super().prepare_membership(env, person, rank), 'partner_id': self.applicants[person.key].partner_id.id}
        summer = self.story.summer.memberships.get(person.key)
        return {**vals, 'birthdate': summer.sudo().birthdate} if summer else vals

    def activate(self, day):  # pylint: disable=missing-return
        """The applications lead to the employees."""
        super().activate(day)
        for key, membership in self.run.memberships.items():
            self.applicants[key].with_env(self.story.on(day)).write({
                'employee_id': membership.sudo().employee_id.id, 'partner_id': membership.partner_id.id})
